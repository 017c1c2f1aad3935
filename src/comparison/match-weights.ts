/**
 * Weight matching (Ainsworth, Hayase & Srinivasa, Git Re-Basin, 2023, algorithm 1): the permutation π of one net's hidden
 * units that brings its parameters nearest another's, ‖θ_A − π(θ_B)‖, by coordinate descent. One layer's units are assigned
 * exactly while the others stand still; layers are gone through in random order until none gains;
 * one whose neighbours stand still keeps its assignment. BatchNorm's statistics
 * move with their units and do not vote.
 */
import { range, shuffle } from "../data/permutation.ts";
import { openRandomStream } from "../data/random.ts";
import type { Model } from "../models/model.ts";
import { type FlatWeights, tensorOf } from "../models/weights.ts";
import { yieldToEvents } from "../training/yield-to-events.ts";
import { ComparisonError } from "./comparison-error.ts";
import { assignLargest } from "./linear-assignment.ts";
import { permutableUnits, type UnitGroup } from "./permutable-units.ts";
import { permuteAxis, permuteGroups, type UnitPermutations } from "./permute-weights.ts";
import { addUnitProducts } from "./unit-products.ts";

export interface WeightMatching {
  readonly groups: readonly UnitGroup[];
  readonly permutations: UnitPermutations;
  /** π(θ_B), its statistics included. */
  readonly weights: FlatWeights;
  /** Passes over the layers. */
  readonly sweeps: number;
}

export interface MatchOptions {
  /** Of the order in which layers are gone through. */
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** After every layer. */
  onLayer?(sweep: number, layer: string): Promise<void> | void;
}

/** Layers whose gain is smaller than this part of their sum are left alone: rounding may not keep the search going. */
const leastGain = 1e-9;

/** `a` stays, `b` is permuted. Throws ComparisonError; rejects with the signal's reason. */
export async function matchWeights(
  model: Model,
  a: FlatWeights,
  b: FlatWeights,
  { seed, signal, onLayer }: MatchOptions,
): Promise<WeightMatching> {
  const groups = permutableUnits(model);
  if (![a, b].every(({ theta }) => theta.every(Number.isFinite)))
    throw new ComparisonError("Weights that are not finite can't be matched. Compare models that have trained well.");
  const permutations = groups.map(({ size }) => range(size));
  const random = openRandomStream("matching", seed);
  // Layers whose neighbours have moved since they were last assigned.
  const unsettled = new Set(groups.keys());
  let sweeps = 0;
  while (unsettled.size > 0) {
    sweeps++;
    for (const index of shuffle(range(groups.length), random)) {
      if (!unsettled.delete(index)) continue;
      await yieldToEvents();
      signal?.throwIfAborted();
      const gain = gainsOf(index, groups, a, b, permutations);
      const best = assignLargest(gain, groups[index].size);
      if (isBetter(gain, best, permutations[index])) {
        permutations[index] = best;
        for (const neighbour of neighboursOf(index, groups)) unsettled.add(neighbour);
      }
      await onLayer?.(sweeps, groups[index].name);
    }
  }
  return { groups, permutations, weights: permuteGroups(b, groups, permutations), sweeps };
}

/** The groups that share a tensor with one. */
function neighboursOf(index: number, groups: readonly UnitGroup[]): number[] {
  const own = new Set(groups[index].axes.map(({ entry }) => entry));
  return [...groups.keys()].filter((k) => k !== index && groups[k].axes.some(({ entry }) => own.has(entry)));
}

/** [n, n]: what the sum of products gains by unit j of `b` in place i, given the other layers' permutations. */
function gainsOf(
  index: number,
  groups: readonly UnitGroup[],
  a: FlatWeights,
  b: FlatWeights,
  permutations: UnitPermutations,
): Float64Array {
  const { size, axes } = groups[index];
  const gain = new Float64Array(size * size);
  for (const { entry, vector, axis } of axes) {
    if (vector === "state") continue;
    let candidate = tensorOf(b.theta, entry);
    groups.forEach((other, k) => {
      const crossed = k === index ? undefined : other.axes.find((one) => one.entry === entry);
      if (crossed) candidate = permuteAxis(candidate, entry.shape, crossed.axis, permutations[k]);
    });
    addUnitProducts(gain, tensorOf(a.theta, entry), candidate, entry.shape, axis);
  }
  return gain;
}

function isBetter(gain: Float64Array, candidate: Int32Array, present: Int32Array): boolean {
  const n = present.length;
  let [found, had, scale] = [0, 0, 0];
  for (let unit = 0; unit < n; unit++) {
    found += gain[unit * n + candidate[unit]];
    had += gain[unit * n + present[unit]];
    scale += Math.abs(gain[unit * n + present[unit]]);
  }
  return found - had > leastGain * scale;
}
