/** One training step of VGG11 with BatchNorm: what every contender is given. */
import { createModel } from "../../../src/architectures/networks.ts";
import { crossEntropy } from "../../../src/models/losses/cross-entropy.ts";
import type { Model } from "../../../src/models/model.ts";
import type { FlatWeights } from "../../../src/models/weights.ts";
import { drawInitialWeights } from "../../../src/training/initial-weights.ts";

export const classes = 10;
export const imageSize = 32;
export const learningRate = 0.01;
export const momentum = 0.9;
export const epsilon = 1e-5;
export const loss = crossEntropy;
export const pixelNormalization = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };

/** Convolutions before each pooling. */
export const blocks = [1, 1, 2, 2, 2] as const;

export interface StepProblem {
  readonly model: Model;
  readonly weights: FlatWeights;
  readonly batchSize: number;
  /** [batchSize, 3, imageSize, imageSize] */
  readonly pixels: Uint8Array;
  /** The pixels as the model sees them, of the same shape. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

export function createStepProblem(width: number, batchSize: number): StepProblem {
  const image = { height: imageSize, width: imageSize, channels: 3 };
  const model = createModel({ name: "vgg", depth: 11, width, batchNorm: true, classes }, image);
  const length = batchSize * 3 * imageSize ** 2;
  const pixels = Uint8Array.from({ length }, (_, i) => Math.imul(i, 2654435761) >>> 24);
  return {
    model,
    weights: drawInitialWeights(model, { scheme: "he-normal", seed: 1 }),
    batchSize,
    pixels,
    images: Float32Array.from(pixels, (byte) => (byte / 255 - 0.5) / 0.25),
    labels: Int32Array.from({ length: batchSize }, (_, i) => i % classes),
  };
}

/** Quarter width, sixteen images: the case of docs/architecture.md. */
export const quarterWidth = () => createStepProblem(1 / 4, 16);

/** One library at work. */
export interface Contender {
  /** One step, up to the loss's arrival on the host. */
  step(): Promise<number>;
}
