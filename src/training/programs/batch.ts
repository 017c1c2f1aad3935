/** What every program over examples begins with: a batch gathered from a resident data set. */
import type { Model } from "../../models/model.ts";
import { imageBatch, input, oneHot, takeLabels } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

/** Per-channel mean and standard deviation of CIFAR-10's training set (byte 255 = 1), used for every data set. */
export const normalization = {
  mean: [125.3 / 255, 123.0 / 255, 113.9 / 255],
  standardDeviation: [63.0 / 255, 62.1 / 255, 66.7 / 255],
} as const;

export interface TracedBatch {
  /** pixels byte [count, c, h, w] and labels int [count] of the set; indices int [n] and draws int [n, 3] of the batch. */
  readonly inputs: Readonly<Record<"pixels" | "labels" | "indices" | "draws", Value>>;
  /** [n, h, w, c], normalised. */
  readonly images: Value;
  /** [n, classes] */
  readonly targets: Value;
}

/** A batch of `batchSize` of a set of `count` images. */
export function traceBatch({ image, spec }: Model, count: number, batchSize: number): TracedBatch {
  const { height, width, channels } = image;
  const inputs = {
    pixels: input({ dtype: "byte", shape: [count, channels, height, width] }),
    labels: input({ dtype: "int", shape: [count] }),
    indices: input({ dtype: "int", shape: [batchSize] }),
    draws: input({ dtype: "int", shape: [batchSize, 3] }),
  };
  return {
    inputs,
    images: imageBatch(inputs.pixels, inputs.indices, inputs.draws, normalization),
    targets: oneHot(takeLabels(inputs.labels, inputs.indices), spec.classes),
  };
}
