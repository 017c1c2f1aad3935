/**
 * Experiments as their authors' code runs them, on all of CIFAR-10: network, initial weights, optimiser and schedule. Images are
 * normalised as Li et al. do, whatever the code.
 */
import { type Preset, preset, presetGroups } from "./preset.ts";

const allImages = { source: "cifar10", train: {}, test: {}, augment: true } as const;
const sgd = { optimizer: "sgd", momentum: 0.9, learningRate: 0.1, weightDecay: 5e-4, batchSize: 128 } as const;
const recording = { everySteps: 391, budgetMegabytes: 400 };

/** Step schedule whose rate falls to a tenth, or to another part, after these epochs. */
const stepsAt = (epochs: number, at: readonly number[], stepFactor = 0.1) => ({
  epochs,
  schedule: "step",
  stepAt: at.map((epoch) => epoch / epochs),
  stepFactor,
});

const published = (id: string, title: string, note: string, spec: object): Preset =>
  preset(presetGroups[1], id, title, note, { data: allImages, recording, ...spec });

const li = (model: object, learningRate = 0.1) => ({
  model,
  init: { scheme: "li" },
  training: { ...sgd, learningRate, nesterov: true, ...stepsAt(300, [150, 225, 275]) },
});

const kuangliu = (model: object) => ({
  model,
  init: { scheme: "pytorch" },
  training: { ...sgd, epochs: 200, schedule: "cosine" },
});

const resnet = (depth: number, shortcut = "projection") => ({ name: "resnet-cifar", depth, shortcut });

export const publishedPresets: readonly Preset[] = [
  published("li-resnet-20", "ResNet-20, Li et al.", "Test error 7.37 % in their paper", li(resnet(20))),
  published("li-resnet-56", "ResNet-56, Li et al.", "Test error 5.89 % in their paper", li(resnet(56))),
  published(
    "li-resnet-56-plain",
    "ResNet-56 without shortcuts, Li et al.",
    "Test error 13.31 % in their paper: the landscape with dramatic non-convexities",
    li(resnet(56, "none"), 0.01),
  ),
  published("li-resnet-110", "ResNet-110, Li et al.", "Test error 5.79 % in their paper", li(resnet(110))),
  published("li-vgg-9", "VGG-9, Li et al.", "Test error 6.0 % in their paper", li({ name: "vgg", depth: 9 })),
  published("pyhessian-resnet-20", "ResNet-20, PyHessian", "180 epochs, the rate falls at 80 and 120", {
    model: resnet(20),
    init: { scheme: "pyhessian" },
    training: { ...sgd, ...stepsAt(180, [80, 120]) },
  }),
  published("akamaster-resnet-56", "ResNet-56, akamaster", "Zero-padded shortcuts; test error 6.61 %", {
    model: resnet(56, "zero-pad"),
    init: { scheme: "akamaster" },
    training: { ...sgd, weightDecay: 1e-4, ...stepsAt(200, [100, 150]) },
  }),
  published("kuangliu-vgg-16", "VGG16, kuangliu", "Test accuracy 92.64 %", kuangliu({ name: "vgg", depth: 16 })),
  published(
    "kuangliu-resnet-18",
    "ResNet-18, kuangliu",
    "Test accuracy 93.02 %",
    kuangliu({ name: "resnet", depth: 18 }),
  ),
  published(
    "kuangliu-densenet-121",
    "DenseNet-121, kuangliu",
    "Growth 32; test accuracy 95.04 %",
    kuangliu({ name: "densenet" }),
  ),
  published("wrn-28-10", "WRN-28-10, Zagoruyko and Komodakis", "36 million parameters, without dropout", {
    model: { name: "wide-resnet", depth: 28, width: 10 },
    init: { scheme: "wide-resnet-code" },
    training: { ...sgd, nesterov: true, ...stepsAt(200, [60, 120, 160], 0.2) },
  }),
  published("edge-of-stability", "Edge of stability, Cohen et al.", "Gradient descent on squared error, 5000 images", {
    model: { name: "mlp", hidden: [200, 200], activation: "tanh" },
    data: { ...allImages, train: { count: 5000 }, augment: false },
    loss: "mse",
    init: { scheme: "pytorch" },
    training: {
      ...{ momentum: 0, weightDecay: 0, learningRate: 0.01, batchSize: 5000, epochs: 10_000 },
      schedule: "constant",
    },
    recording: { everySteps: 100, budgetMegabytes: 400 },
  }),
];
