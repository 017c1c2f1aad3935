/** Small nets of the families with units to exchange, with weights in which no two units are alike. */
import { createModel } from "../../src/architectures/networks.ts";
import { permutableUnits } from "../../src/comparison/permutable-units.ts";
import type { UnitPermutations } from "../../src/comparison/permute-weights.ts";
import { range, shuffle } from "../../src/data/permutation.ts";
import { openRandomStream } from "../../src/data/random.ts";
import { activation, relu } from "../../src/models/layers/activation.ts";
import { batchNorm } from "../../src/models/layers/batch-norm.ts";
import { convolution } from "../../src/models/layers/conv2d.ts";
import { globalMean } from "../../src/models/layers/global-mean.ts";
import { linear } from "../../src/models/layers/linear.ts";
import { residualSum } from "../../src/models/layers/residual-sum.ts";
import { zeroPadShortcut } from "../../src/models/layers/zero-pad-shortcut.ts";
import { type Model, modelOfFunction } from "../../src/models/model.ts";
import { normalSource } from "../../src/models/normal.ts";
import type { ModelFunction, Scope } from "../../src/models/scope.ts";
import { type FlatWeights, tensorOf } from "../../src/models/weights.ts";
import type { Value } from "../../src/tensor/program.ts";

const image = { height: 32, width: 32, channels: 3 };

/** Two residual blocks, the second of twice the channels and half the size, on small images. */
function residual(shortcut: "projection" | "zero-pad", hasBatchNorm: boolean): Model {
  const block = (scope: Scope, x: Value, channels: number, stride: number): Value => {
    const options = { stride, bias: !hasBatchNorm };
    const normalized = (name: string, y: Value) => (hasBatchNorm ? batchNorm(scope.within(name), y) : y);
    const first = relu(scope, normalized("bn1", convolution(scope.within("conv1"), x, channels, options)));
    const second = normalized("bn2", convolution(scope.within("conv2"), first, channels));
    const own =
      shortcut === "projection"
        ? normalized("bn3", convolution(scope.within("conv3"), x, channels, { ...options, size: 1 }))
        : zeroPadShortcut(scope, x, channels, stride);
    return relu(scope, residualSum(scope, second, own));
  };
  return fromFunction((scope, images) => {
    const stem = convolution(scope.within("stem"), images, 8);
    const wide = block(scope.within("wide"), block(scope.within("narrow"), stem, 8, 1), 16, 2);
    return linear(scope.within("linear"), globalMean(scope, wide), 10);
  });
}

/** A layer added to what it reads: one weight holds the same units twice. */
const recurrent: ModelFunction = (scope, images) => {
  const x = activation(scope, linear(scope.within("first"), images, 9), "tanh");
  const next = residualSum(scope, x, activation(scope, linear(scope.within("inner"), x, 9), "tanh"));
  return linear(scope.within("last"), next, 10);
};

const fromFunction = (forward: ModelFunction): Model =>
  modelOfFunction(
    forward,
    { name: "mlp", hidden: [], activation: "relu", classes: 10 },
    { height: 7, width: 8, channels: 3 },
  );

export const nets: Readonly<Record<string, Model>> = {
  "an MLP of three layers": createModel({ name: "mlp", hidden: [9, 7], activation: "tanh", classes: 10 }, image),
  "VGG11 with BatchNorm": createModel({ name: "vgg", depth: 11, width: 0.125, batchNorm: true, classes: 10 }, image),
  "VGG11 without": createModel({ name: "vgg", depth: 11, width: 0.125, batchNorm: false, classes: 10 }, image),
  "projected residual blocks with BatchNorm": residual("projection", true),
  "projected residual blocks": residual("projection", false),
  "zero-padded residual blocks with BatchNorm": residual("zero-pad", true),
  "zero-padded residual blocks": residual("zero-pad", false),
};

/** A net whose matching is no sequence of linear assignments: a permuted copy is not always found. */
export const netOfSharedUnits = fromFunction(recurrent);

/** All tensors drawn, biases and statistics too; variances are positive. */
export function drawWeights(model: Model, seed: number): FlatWeights {
  const draw = normalSource(openRandomStream("direction", seed, 77));
  const theta = new Float32Array(model.layout.length);
  for (const entry of model.layout.entries) {
    const fanIn = entry.role === "weight" ? entry.length / entry.shape[entry.shape.length - 1] : 1;
    const centre = entry.role === "batchNormScale" || entry.role === "scale" ? 1 : 0;
    const spread = entry.role === "weight" ? Math.sqrt(2 / fanIn) : 0.1;
    const tensor = tensorOf(theta, entry);
    for (let k = 0; k < tensor.length; k++) tensor[k] = centre + spread * draw();
  }
  const state = new Float32Array(model.stateLayout.length);
  for (const entry of model.stateLayout.entries) {
    const tensor = tensorOf(state, entry);
    for (let k = 0; k < tensor.length; k++) tensor[k] = entry.role === "runningMean" ? draw() : 0.5 + draw() ** 2;
  }
  return { theta, state };
}

export const drawPermutations = (model: Model, seed: number): UnitPermutations =>
  permutableUnits(model).map(({ size }, group) => shuffle(range(size), openRandomStream("direction", seed, 78, group)));

/** The permutation that undoes another. */
export function inverse(permutation: Int32Array): Int32Array {
  const result = new Int32Array(permutation.length);
  permutation.forEach((from, to) => {
    result[from] = to;
  });
  return result;
}
