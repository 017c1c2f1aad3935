/** One training step of VGG11 with BatchNorm, quarter width, sixteen images: what every contender is given. */
import { crossEntropy } from "../../../src/models/losses/cross-entropy.ts";
import { createModel } from "../../../src/models/model.ts";
import { drawInitialWeights } from "../../../src/training/initial-weights.ts";

export const batchSize = 16;
export const classes = 10;
export const size = 32;
export const learningRate = 0.01;
export const momentum = 0.9;
export const epsilon = 1e-5;

export const model = createModel(
  { name: "vgg11", width: 1 / 4, batchNorm: true, classes },
  { height: size, width: size, channels: 3 },
);
export const loss = crossEntropy;
export const weights = drawInitialWeights(model, { scheme: "he-normal", seed: 1 });
export const normalization = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };

/** Convolutions before each pooling. */
export const blocks = [1, 1, 2, 2, 2] as const;

/** Byte [batchSize, 3, size, size]. */
export const pixels = Uint8Array.from(
  { length: batchSize * 3 * size * size },
  (_, i) => Math.imul(i, 2654435761) >>> 24,
);
export const labels = Int32Array.from({ length: batchSize }, (_, i) => i % classes);

/** The pixels as the models see them, [batchSize, 3, size, size]. */
export const images = Float32Array.from(pixels, (byte) => (byte / 255 - 0.5) / 0.25);

/** One library at work. */
export interface Contender {
  /** One step, up to the loss's arrival on the host. */
  step(): Promise<number>;
}
