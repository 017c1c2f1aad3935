/** Exchanges hidden units: the same function, other weights. */
import type { Model } from "../models/model.ts";
import { type FlatWeights, tensorOf } from "../models/weights.ts";
import { elementCount, type Shape } from "../tensor/program.ts";
import { permutableUnits, type UnitGroup } from "./permutable-units.ts";

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
    for (const { entry, vector, axis } of axes) {
      const tensor = tensorOf(result[vector], entry);
      tensor.set(permuteAxis(tensor, entry.shape, axis, permutations[group]));
    }
  });
  return result;
}

/** A copy of a tensor whose slice i along `axis` is the slice `permutation[i]` of `tensor`. */
export function permuteAxis(tensor: Float32Array, shape: Shape, axis: number, permutation: Int32Array): Float32Array {
  const units = shape[axis];
  const after = elementCount(shape.slice(axis + 1));
  const result = new Float32Array(tensor.length);
  if (after === 1) {
    for (let start = 0; start < tensor.length; start += units) {
      for (let unit = 0; unit < units; unit++) result[start + unit] = tensor[start + permutation[unit]];
    }
    return result;
  }
  for (let start = 0; start < tensor.length; start += units * after) {
    for (let unit = 0; unit < units; unit++) {
      const from = start + permutation[unit] * after;
      result.set(tensor.subarray(from, from + after), start + unit * after);
    }
  }
  return result;
}
