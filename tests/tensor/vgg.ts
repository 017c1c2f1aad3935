/** VGG11 for 32 × 32 images as a stack of primitives, shapes only: for counting, not for running. */
import { input, reshape, select } from "../../src/tensor/primitives/index.ts";
import type { Shape, Value } from "../../src/tensor/program.ts";
import { batchNorm, convolution, crossEntropy, dense, maxPool } from "./nets.ts";

const layers = [64, "pool", 128, "pool", 256, 256, "pool", 512, 512, "pool", 512, 512, "pool"] as const;

export interface Vgg {
  readonly inputs: readonly Value[];
  readonly parameters: readonly Value[];
  /** The biases of its convolutions, which are among the parameters. */
  readonly biases: readonly Value[];
  readonly logits: Value;
  readonly loss: Value;
}

export function traceVgg(batch: number, width: number, hasBatchNorm: boolean): Vgg {
  const parameters: Value[] = [];
  const biases: Value[] = [];
  const parameter = (...shape: Shape): Value => {
    const value = input({ dtype: "float", shape });
    parameters.push(value);
    return value;
  };
  const [images, targets] = [
    input({ dtype: "float", shape: [batch, 32, 32, 3] }),
    input({ dtype: "float", shape: [batch, 10] }),
  ];
  let x = images;
  for (const layer of layers) {
    if (layer === "pool") {
      x = maxPool(x).pooled;
      continue;
    }
    const channels = layer * width;
    const bias = parameter(channels);
    biases.push(bias);
    x = convolution(x, parameter(3, 3, x.type.shape[3], channels), bias);
    if (hasBatchNorm) x = batchNorm(x, parameter(channels), parameter(channels));
    x = select(x, x, 0);
  }
  const features = 512 * width;
  const logits = dense(reshape(x, [batch, features]), parameter(features, 10), parameter(10));
  return { inputs: [images, targets, ...parameters], parameters, biases, logits, loss: crossEntropy(logits, targets) };
}
