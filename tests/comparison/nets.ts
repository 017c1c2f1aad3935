/** Small nets of the families with units to exchange, with weights in which no two units are alike. */

import { permutableUnits } from "../../src/comparison/permutable-units.ts";
import type { UnitPermutations } from "../../src/comparison/permute-weights.ts";
import { range, shuffle } from "../../src/data/permutation.ts";
import { openRandomStream } from "../../src/data/random.ts";
import { createModel, type Model } from "../../src/models/model.ts";
import { normalSource } from "../../src/models/normal.ts";
import { type FlatWeights, tensorOf } from "../../src/models/weights.ts";

const image = { height: 32, width: 32, channels: 3 };
export const nets: Readonly<Record<string, Model>> = {
  "an MLP of three layers": createModel({ name: "mlp", hidden: [9, 7], activation: "tanh", classes: 10 }, image),
  "VGG11 with BatchNorm": createModel({ name: "vgg11", width: 0.125, batchNorm: true, classes: 10 }, image),
  "VGG11 without": createModel({ name: "vgg11", width: 0.125, batchNorm: false, classes: 10 }, image),
};

/** All tensors drawn, biases and statistics too; variances are positive. */
export function drawWeights(model: Model, seed: number): FlatWeights {
  const draw = normalSource(openRandomStream("direction", seed, 77));
  const theta = new Float32Array(model.layout.length);
  for (const entry of model.layout.entries) {
    const fanIn = entry.role === "weight" ? entry.length / entry.shape[entry.shape.length - 1] : 1;
    const centre = entry.role === "batchNormScale" ? 1 : 0;
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
