/**
 * Weight matching (Ainsworth, Hayase & Srinivasa, Git Re-Basin, 2023, algorithm 1): the permutation π of one net's hidden
 * units that brings its parameters nearest another's, ‖θ_A − π(θ_B)‖, by coordinate descent. One layer's units are assigned
 * exactly while the others stand still; layers are gone through in random order until none gains;
 * one whose neighbours stand still keeps its assignment. BatchNorm's statistics
 * move with their units and do not vote.
 */
import type { Backend } from "../backends/backend.ts";
import { range, shuffle } from "../data/permutation.ts";
import { openRandomStream } from "../data/random.ts";
import type { Model } from "../models/model.ts";
import { type FlatWeights, tensorOf } from "../models/weights.ts";
import { yieldToEvents } from "../training/yield-to-events.ts";
import { ComparisonError } from "./comparison-error.ts";
import { assignLargest } from "./linear-assignment.ts";
import { permutableUnits, type UnitAxis, type UnitGroup } from "./permutable-units.ts";
import { permuteAxis, permuteGroups, type UnitPermutations } from "./permute-weights.ts";
import { UnitProducts } from "./unit-products.ts";

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

/** `a` stays, `b` is permuted. Throws ComparisonError; rejects with the signal's reason or the backend's error. */
export async function matchWeights(
  backend: Backend,
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
  const products = new UnitProducts(backend, model.layout, a.theta);
  try {
    while (unsettled.size > 0) {
      sweeps++;
      for (const index of shuffle(range(groups.length), random)) {
        if (!unsettled.delete(index)) continue;
        await yieldToEvents();
        signal?.throwIfAborted();
        const candidates = candidatesOf(index, groups, b, permutations);
        const gain = new Float64Array(groups[index].size ** 2);
        for (const { entry, axis, tensor } of candidates) await products.addTo(gain, entry, axis, tensor);
        signal?.throwIfAborted();
        const best = assignLargest(gain, groups[index].size);
        if (isBetter(a, candidates, best, permutations[index])) {
          permutations[index] = best;
          for (const neighbour of neighboursOf(index, groups)) unsettled.add(neighbour);
        }
        await onLayer?.(sweeps, groups[index].name);
      }
    }
  } finally {
    await products.dispose();
  }
  return { groups, permutations, weights: permuteGroups(b, groups, permutations), sweeps };
}

/** The groups that share a tensor with one. */
function neighboursOf(index: number, groups: readonly UnitGroup[]): number[] {
  const own = new Set(groups[index].axes.map(({ entry }) => entry));
  return [...groups.keys()].filter((k) => k !== index && groups[k].axes.some(({ entry }) => own.has(entry)));
}

/** A tensor of `b` with the units of all layers in place but for those along `axis`. */
interface Candidate extends Pick<UnitAxis, "entry" | "axis"> {
  readonly tensor: Float32Array;
}

function candidatesOf(
  index: number,
  groups: readonly UnitGroup[],
  b: FlatWeights,
  permutations: UnitPermutations,
): Candidate[] {
  const voting = groups[index].axes.filter(({ vector }) => vector === "theta");
  return voting.map(({ entry, axis }) => {
    let tensor = tensorOf(b.theta, entry);
    groups.forEach((other, k) => {
      const crossed = k === index ? undefined : other.axes.find((one) => one.entry === entry);
      if (crossed) tensor = permuteAxis(tensor, entry.shape, crossed.axis, permutations[k]);
    });
    return { entry, axis, tensor };
  });
}

/** Whether ⟨θ_A, π(θ_B)⟩ is larger for the units in `found` order than in `present`: in float64, whatever found it. */
function isBetter(a: FlatWeights, candidates: readonly Candidate[], found: Int32Array, present: Int32Array): boolean {
  let [gained, scale] = [0, 0];
  for (const { entry, axis, tensor } of candidates) {
    const own = tensorOf(a.theta, entry);
    const [after, before] = [found, present].map((permutation) => permuteAxis(tensor, entry.shape, axis, permutation));
    for (let k = 0; k < own.length; k++) {
      gained += own[k] * (after[k] - before[k]);
      scale += Math.abs(own[k] * before[k]);
    }
  }
  return gained > leastGain * scale;
}
