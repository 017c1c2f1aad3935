/** Counts of the published networks: He et al. 2015, Li et al. 2018, PyHessian, each as its PyTorch code instantiates it. */
import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/architectures/networks.ts";
import type { ResnetCifarSpec } from "../../../src/architectures/resnet-cifar/spec.ts";

const image = { height: 32, width: 32, channels: 3 };
const usual: ResnetCifarSpec = {
  name: "resnet-cifar",
  depth: 20,
  shortcut: "projection",
  width: 1,
  batchNorm: true,
  classes: 10,
};

function countsOf(change: Partial<ResnetCifarSpec>) {
  const { layout, stateLayout } = createModel({ ...usual, ...change }, image);
  return { parameters: layout.count, tensors: layout.entries.length, statistics: stateLayout.count };
}

describe("ResNet for CIFAR", () => {
  it.each([
    [20, 272_474, 65, 269_722, 59],
    [32, 466_906, 101, 464_154, 95],
    [44, 661_338, 137, 658_586, 131],
    [56, 855_770, 173, 853_018, 167],
    [110, 1_730_714, 335, 1_727_962, 329],
  ])("of depth %i has the published parameters", (depth, projected, projectedTensors, plain, plainTensors) => {
    expect(countsOf({ depth })).toMatchObject({ parameters: projected, tensors: projectedTensors });
    for (const shortcut of ["zero-pad", "none"] as const) {
      expect(countsOf({ depth, shortcut })).toMatchObject({ parameters: plain, tensors: plainTensors });
    }
  });

  it.each([
    [20, 1568, 1376],
    [56, 4256, 4064],
    [110, 8288, 8096],
  ])("of depth %i has the published running statistics, PyTorch's counters aside", (depth, projected, plain) => {
    expect(countsOf({ depth }).statistics).toBe(projected);
    expect(countsOf({ depth, shortcut: "zero-pad" }).statistics).toBe(plain);
  });

  it("without BatchNorm has neither scale nor bias beside its convolutions", () => {
    const batchNorm = false;
    const without = (depth: number, shortcut: ResnetCifarSpec["shortcut"]) => countsOf({ depth, shortcut, batchNorm });
    expect(without(20, "projection")).toEqual({ parameters: 270_906, tensors: 23, statistics: 0 });
    expect(without(20, "none")).toEqual({ parameters: 268_346, tensors: 21, statistics: 0 });
    expect(without(38, "projection").parameters).toBe(561_210);
    expect(without(38, "none").parameters).toBe(558_650);
    expect(countsOf({ depth: 38 }).parameters).toBe(564_122);
    expect(countsOf({ depth: 38, shortcut: "none" }).parameters).toBe(561_370);
  });

  it.each([
    [2, 3_412_394, 3_401_770],
    [4, 13_628_234, 13_586_506],
    [8, 54_470_282, 54_304_906],
  ])("of depth 56 widened %i times has the published parameters", (width, projected, plain) => {
    expect(countsOf({ depth: 56, width }).parameters).toBe(projected);
    expect(countsOf({ depth: 56, width, shortcut: "none" }).parameters).toBe(plain);
  });

  it("names its tensors as the common PyTorch versions do", () => {
    const { layout, stateLayout } = createModel({ ...usual, depth: 8 }, image);
    const names = [...layout.entries, ...stateLayout.entries].map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("layer2"))).toEqual(
      [
        ...["conv1.weight", "bn1.weight", "bn1.bias", "conv2.weight", "bn2.weight", "bn2.bias"],
        ...["shortcut.0.weight", "shortcut.1.weight", "shortcut.1.bias"],
        ...["bn1", "bn2", "shortcut.1"].flatMap((norm) => [`${norm}.running_mean`, `${norm}.running_var`]),
      ].map((name) => `layer2.0.${name}`),
    );
    expect(names.filter((name) => !name.startsWith("layer"))).toEqual([
      ...["conv1.weight", "bn1.weight", "bn1.bias", "linear.weight", "linear.bias"],
      ...["bn1.running_mean", "bn1.running_var"],
    ]);
  });

  it("has the same tensors without shortcuts as with zero-padded ones", () => {
    const [none, padded] = (["none", "zero-pad"] as const).map((shortcut) =>
      createModel({ ...usual, depth: 8, shortcut }, image),
    );
    expect(none.layout).toEqual(padded.layout);
    expect(none.stateLayout).toEqual(padded.stateLayout);
  });
});
