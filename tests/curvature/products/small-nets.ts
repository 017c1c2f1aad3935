/** The nets, images and weights of dense-matrices.json. */
import { createModel } from "../../../src/architectures/networks.ts";
import { activation, relu } from "../../../src/models/layers/activation.ts";
import { batchNorm } from "../../../src/models/layers/batch-norm.ts";
import { convolution } from "../../../src/models/layers/conv2d.ts";
import { linear } from "../../../src/models/layers/linear.ts";
import { maxPool } from "../../../src/models/layers/max-pool.ts";
import { crossEntropy } from "../../../src/models/losses/cross-entropy.ts";
import type { LossFunction } from "../../../src/models/losses/loss.ts";
import { meanSquaredError } from "../../../src/models/losses/mean-squared-error.ts";
import { type Model, modelOfFunction } from "../../../src/models/model.ts";
import type { ModelFunction } from "../../../src/models/scope.ts";
import { torchOrder } from "../../../src/models/state-dict.ts";
import { multiply, windowSum } from "../../../src/tensor/primitives/index.ts";
import matrices from "../../fixtures/curvature/dense-matrices.json" with { type: "json" };
import { hashedWeights, hashWords } from "../../models/fixture.ts";
import type { Problem } from "./problem.ts";

export { matrices };
export type NetName = keyof typeof matrices;

const classes = 3;
const examples = 5;

/** Conv, what `after` does by module 1, 2 …, linear, on 4 × 4 images; of its spec only the number of classes is true. */
const convolutional = (after: ModelFunction): Model =>
  modelOfFunction(
    (scope, images) => {
      const features = scope.within("features");
      return linear(scope.within("classifier"), after(features, convolution(features.within("0"), images, 2)), classes);
    },
    { name: "mlp", hidden: [], activation: "tanh", classes },
    { height: 4, width: 4, channels: 2 },
  );

const mlp = (activation: "tanh" | "relu") =>
  createModel({ name: "mlp", hidden: [4, 3], activation, classes }, { height: 2, width: 2, channels: 2 });

const averagePool: ModelFunction = (scope, x) => {
  const sums = windowSum(activation(scope, x, "tanh"), { window: [2, 2], strides: [2, 2] });
  return scope.units.handOn(x, multiply(sums, 1 / 4));
};
const normalizedPool: ModelFunction = (scope, x) => maxPool(scope, relu(scope, batchNorm(scope.within("1"), x)));

interface SmallNet {
  readonly model: Model;
  readonly loss: LossFunction;
  readonly batchNorm: "frozen" | "batch";
}

export const smallNets: Readonly<Record<NetName, SmallNet>> = {
  mlpTanh: { model: mlp("tanh"), loss: crossEntropy, batchNorm: "frozen" },
  mlpRelu: { model: mlp("relu"), loss: crossEntropy, batchNorm: "frozen" },
  mlpTanhSquaredError: { model: mlp("tanh"), loss: meanSquaredError, batchNorm: "frozen" },
  convMaxPool: {
    model: convolutional((scope, x) => maxPool(scope, relu(scope, x))),
    loss: crossEntropy,
    batchNorm: "frozen",
  },
  convAveragePool: { model: convolutional(averagePool), loss: crossEntropy, batchNorm: "frozen" },
  convBatchNormFrozen: { model: convolutional(normalizedPool), loss: crossEntropy, batchNorm: "frozen" },
  convBatchNormBatch: { model: convolutional(normalizedPool), loss: crossEntropy, batchNorm: "batch" },
};

/** Five images, in batches of 2, 2 and 1. */
export function problemOf(name: NetName): Problem {
  const { model } = smallNets[name];
  const { height, width, channels } = model.image;
  return {
    model,
    weights: hashedWeights(model, matrices[name].names),
    pixels: Uint8Array.from(hashWords(examples * channels * height * width, 2001), (word) => word >>> 24),
    labels: Int32Array.from(hashWords(examples, 2002), (word) => word % classes),
    pixelNormalization: { mean: [0.5, 0.5], std: [0.25, 0.25] },
    batchSize: 2,
  };
}

/** For every parameter in PyTorch's order, its place in the flat vector. */
export const torchPlaces = ({ layout }: Model): number[] =>
  layout.entries.flatMap((entry) => Array.from(torchOrder(entry), (place) => entry.offset + place));

/** Columns of a stored matrix, as flat vectors of the model. */
export function storedColumns(model: Model, upperTriangle: readonly number[]): Float64Array[] {
  const places = torchPlaces(model);
  const count = places.length;
  const columns = places.map(() => new Float64Array(model.layout.length));
  let next = 0;
  for (let row = 0; row < count; row++) {
    for (let column = row; column < count; column++) {
      columns[column][places[row]] = upperTriangle[next];
      columns[row][places[column]] = upperTriangle[next++];
    }
  }
  return columns;
}
