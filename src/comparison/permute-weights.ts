/** Exchanges hidden units: the same function, other weights. */
import type { Model } from "../models/model.ts";
import { type FlatWeights, tensorOf } from "../models/weights.ts";
import { elementCount } from "../tensor/program.ts";
import { permutableUnits, type UnitGroup, type UnitPlaces } from "./permutable-units.ts";

/** For every group in turn: place i is taken by the unit that was number `permutation[i]`. */
export type UnitPermutations = readonly Int32Array[];

export function permuteWeights(model: Model, weights: FlatWeights, permutations: UnitPermutations): FlatWeights {
  return permuteGroups(weights, permutableUnits(model), permutations);
}

export function permuteGroups(
  { theta, state }: FlatWeights,
  groups: readonly UnitGroup[],
  permutations: UnitPermutations,
): FlatWeights {
  const result = { theta: theta.slice(), state: state.slice() };
  groups.forEach(({ axes }, group) => {
    for (const places of axes) {
      const tensor = tensorOf(result[places.vector], places.entry);
      tensor.set(permuteSlices(tensor, places, permutations[group]));
    }
  });
  return result;
}

/** A copy of a tensor whose slice at `places[i]` is the one at `places[permutation[i]]` of `tensor`. */
export function permuteSlices(
  tensor: Float32Array,
  { entry: { shape }, axis, places }: UnitPlaces,
  permutation: Int32Array,
): Float32Array {
  const after = elementCount(shape.slice(axis + 1));
  const block = shape[axis] * after;
  const result = tensor.slice();
  const to = places.map((place) => place * after);
  const from = places.map((_, i) => to[permutation[i]]);
  for (let start = 0; start < tensor.length; start += block) {
    for (let i = 0; i < places.length; i++) {
      if (after === 1) result[start + to[i]] = tensor[start + from[i]];
      else result.set(tensor.subarray(start + from[i], start + from[i] + after), start + to[i]);
    }
  }
  return result;
}
