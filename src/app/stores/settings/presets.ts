/** Ready experiments. The first is what the page opens with. */
import { dataSetFacts } from "../../../data/sets/facts.ts";
import { type Preset, presetGroups, preset as presetIn } from "./preset.ts";
import { publishedPresets } from "./published-presets.ts";

const data = {
  source: dataSetFacts[0].id,
  train: { count: 1000, select: "balanced", seed: 0 },
  test: { count: 500, select: "first", seed: 0 },
} as const;
const fiveThousand = {
  ...data,
  train: { count: 5000, select: "balanced", seed: 0 },
  test: { count: 1000, select: "first", seed: 0 },
} as const;
const slim = { name: "vgg", depth: 11, width: 0.25, batchNorm: true } as const;
const resnet8 = { name: "resnet-cifar", depth: 8, shortcut: "projection", width: 0.5, batchNorm: true } as const;
const shortTraining = {
  training: { epochs: 10, batchSize: 50, learningRate: 0.1 },
  recording: { everySteps: 5, budgetMegabytes: 128 },
} as const;
const longTraining = {
  training: { epochs: 20, batchSize: 128, learningRate: 0.1 },
  recording: { everySteps: 40, budgetMegabytes: 128 },
} as const;

const preset = (id: string, title: string, note: string, spec: unknown): Preset =>
  presetIn(presetGroups[0], id, title, note, spec);

export const presets: readonly Preset[] = [
  preset("slim", "VGG11 slim with BatchNorm", "Quarter width, 1000 images, 8 epochs", {
    model: slim,
    data,
    training: { epochs: 8, batchSize: 100, learningRate: 0.05 },
    recording: { everySteps: 2, budgetMegabytes: 128 },
  }),
  preset("slim-plain", "VGG11 slim without BatchNorm", "The same net with nothing to normalise its layers", {
    model: { ...slim, batchNorm: false },
    data,
    training: { epochs: 20, batchSize: 50, learningRate: 0.01 },
    recording: { everySteps: 10, budgetMegabytes: 128 },
  }),
  preset("vgg11-bn", "VGG11-BN, full width", "9.2 million parameters, 5000 images, 20 epochs", {
    model: { name: "vgg", depth: 11, width: 1, batchNorm: true },
    data: { ...fiveThousand, augment: true },
    training: { epochs: 20, batchSize: 128, learningRate: 0.05 },
    recording: { everySteps: 40, budgetMegabytes: 400 },
  }),
  preset("vgg11", "VGG11, full width", "Without BatchNorm, as Simonyan and Zisserman trained it", {
    model: { name: "vgg", depth: 11, width: 1, batchNorm: false },
    data: fiveThousand,
    training: { epochs: 20, batchSize: 128, learningRate: 0.01 },
    recording: { everySteps: 40, budgetMegabytes: 400 },
  }),
  preset("resnet-8", "ResNet-8, half width", "Residual blocks with BatchNorm, 1000 images, 10 epochs", {
    model: resnet8,
    data,
    ...shortTraining,
  }),
  preset(
    "resnet-8-plain",
    "ResNet-8 without shortcuts",
    "The same net with nothing added to its blocks: compare the two",
    {
      model: { ...resnet8, shortcut: "none" },
      data,
      ...shortTraining,
    },
  ),
  preset("resnet-20", "ResNet-20, full width", "272 thousand parameters, 5000 images, 20 epochs", {
    model: { ...resnet8, depth: 20, width: 1 },
    data: fiveThousand,
    ...longTraining,
  }),
  preset("resnet-20-plain", "ResNet-20 without shortcuts", "As deep, with nothing added to its blocks", {
    model: { ...resnet8, depth: 20, width: 1, shortcut: "none" },
    data: fiveThousand,
    ...longTraining,
  }),
  preset("mlp-tanh", "MLP tanh", "Two hidden layers of 256, smooth everywhere: the least work here", {
    model: { name: "mlp", hidden: [256, 256], activation: "tanh" },
    data,
    init: { scheme: "xavier-normal", seed: 1 },
    training: { epochs: 30, batchSize: 100, learningRate: 0.02 },
    recording: { everySteps: 10, budgetMegabytes: 128 },
  }),
  preset("vgg-9", "VGG-9, quarter width", "A hidden dense layer after the convolutions, 1000 images", {
    model: { name: "vgg", depth: 9, width: 0.25 },
    data,
    ...shortTraining,
  }),
  preset("resnet-18", "ResNet-18, eighth of the width", "Four stages as for ImageNet, 1000 images", {
    model: { name: "resnet", depth: 18, width: 0.125 },
    data,
    ...shortTraining,
  }),
  preset("wide-resnet", "WRN-10-1", "BatchNorm and ReLU before each convolution, 1000 images", {
    model: { name: "wide-resnet", depth: 10, width: 1 },
    data,
    ...shortTraining,
  }),
  preset("densenet", "DenseNet-16, growth 12", "Every layer reads all before it, 1000 images", {
    model: { name: "densenet", growth: 12, blocks: [2, 2, 2] },
    data,
    ...shortTraining,
  }),
  preset("fixup-resnet", "Fixup ResNet-8, half width", "Residual blocks in no need of BatchNorm, 1000 images", {
    model: { name: "fixup-resnet", depth: 8, width: 0.5 },
    data,
    init: { scheme: "fixup" },
    ...shortTraining,
  }),
  preset("lenet", "LeNet-5", "62 thousand parameters, 1000 images", {
    model: { name: "lenet" },
    data,
    init: { scheme: "pytorch" },
    training: { epochs: 20, batchSize: 50, learningRate: 0.02 },
    recording: { everySteps: 10, budgetMegabytes: 128 },
  }),
  preset("cnn-tanh", "CNN of two layers, tanh", "Squared error, smooth but for its pooling, 1000 images", {
    model: { name: "cnn", activation: "tanh" },
    data,
    loss: "mse",
    init: { scheme: "pytorch" },
    training: { epochs: 20, batchSize: 50, learningRate: 0.02 },
    recording: { everySteps: 10, budgetMegabytes: 128 },
  }),
  ...publishedPresets,
];

/** Throws on an id that no preset has. */
export function presetOf(id: string): Preset {
  const found = presets.find((preset) => preset.id === id);
  if (!found) throw new Error(`No preset is called "${id}".`);
  return found;
}
