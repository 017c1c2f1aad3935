/** What every program over examples begins with: a batch gathered from a resident data set. */
import type { PixelNormalization } from "../../data/pixel-normalization.ts";
import type { Model } from "../../models/model.ts";
import { imageBatch, input, oneHot, takeLabels } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

/** What a program must know of the data set it gathers from. */
export interface ImageSource {
  /** Images in it. */
  readonly count: number;
  readonly pixelNormalization: PixelNormalization;
}

export interface TracedBatch {
  /** pixels byte [count, c, h, w] and labels int [count] of the set; indices int [n] and draws int [n, 3] of the batch. */
  readonly inputs: Readonly<Record<"pixels" | "labels" | "indices" | "draws", Value>>;
  /** [n, h, w, c], normalised. */
  readonly images: Value;
  /** [n, classes] */
  readonly targets: Value;
}

/** A batch of `batchSize` of a set. */
export function traceBatch({ image, spec }: Model, source: ImageSource, batchSize: number): TracedBatch {
  const { height, width, channels } = image;
  const { count, pixelNormalization } = source;
  const inputs = {
    pixels: input({ dtype: "byte", shape: [count, channels, height, width] }),
    labels: input({ dtype: "int", shape: [count] }),
    indices: input({ dtype: "int", shape: [batchSize] }),
    draws: input({ dtype: "int", shape: [batchSize, 3] }),
  };
  return {
    inputs,
    images: imageBatch(inputs.pixels, inputs.indices, inputs.draws, {
      mean: pixelNormalization.mean,
      standardDeviation: pixelNormalization.std,
    }),
    targets: oneHot(takeLabels(inputs.labels, inputs.indices), spec.classes),
  };
}
