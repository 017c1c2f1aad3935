/** Parameters, tensors and running statistics of the published networks, as their PyTorch code instantiates them. */
import { expect, test } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import { modelSchema, modelTitle } from "../../src/architectures/specs.ts";

const cifar = { height: 32, width: 32, channels: 3 };
const mnist = { height: 28, width: 28, channels: 1 };

/** Numbers of parameters, of tensors, and of running statistics; the specification's other fields are the defaults. */
const published = [
  [{ name: "vgg", depth: 9 }, cifar, 2_789_706, 34, 2_816],
  [{ name: "resnet", depth: 18 }, cifar, 11_173_962, 62, 9_600],
  [{ name: "resnet", depth: 18, shortcut: "none" }, cifar, 11_000_138, 53, 7_808],
  [{ name: "resnet", depth: 34 }, cifar, 21_282_122, 110, 17_024],
  [{ name: "resnet", depth: 34, shortcut: "none" }, cifar, 21_108_298, 101, 15_232],
  [{ name: "resnet", depth: 34, batchNorm: false }, cifar, 21_265_098, 38, 0],
  [{ name: "resnet", depth: 50 }, cifar, 23_520_842, 161, 53_120],
  [{ name: "wide-resnet", depth: 16, width: 4 }, cifar, 2_748_890, 44, 3_616],
  [{ name: "wide-resnet", depth: 28, width: 10 }, cifar, 36_479_194, 80, 17_952],
  [{ name: "densenet" }, cifar, 6_956_298, 362, 83_520],
  [{ name: "densenet", growth: 12 }, cifar, 1_000_618, 362, 31_320],
  [{ name: "fixup-resnet" }, cifar, 268_393, 68, 0],
  [{ name: "fixup-resnet", depth: 110 }, cifar, 1_720_138, 383, 0],
  [{ name: "lenet" }, cifar, 62_006, 10, 0],
  [{ name: "lenet" }, mnist, 61_706, 10, 0],
  [{ name: "cnn" }, cifar, 30_634, 6, 0],
  [{ name: "mlp", hidden: [200, 200], activation: "tanh" }, cifar, 656_810, 6, 0],
] as const;

test.each(published)("%o of images %o", (spec, image, parameters, tensors, statistics) => {
  const model = modelSchema.parse(spec);
  const { layout, stateLayout } = createModel(model, image);
  const found = [layout.count, layout.entries.length, stateLayout.count];
  console.info(`${modelTitle(model)}: ${found.map((count) => count.toLocaleString("en")).join(", ")}`);
  expect(found).toEqual([parameters, tensors, statistics]);
});
