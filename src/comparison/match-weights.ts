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
import { yieldToEvents } from "../execution/yield-to-events.ts";
import type { LayoutEntry } from "../models/layout.ts";
import type { Model } from "../models/model.ts";
import { type FlatWeights, tensorOf } from "../models/weights.ts";
import { ComparisonError } from "./comparison-error.ts";
import { assignLargest } from "./linear-assignment.ts";
import { permutableUnits, type UnitGroup, type UnitPlaces } from "./permutable-units.ts";
import { permuteGroups, type UnitPermutations } from "./permute-weights.ts";
import { UnitHolders } from "./unit-holders.ts";
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
  /** Seed of the order in which layers are gone through. */
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
  let permutations = groups.map(({ size }) => range(size));
  const random = openRandomStream("matching", seed);
  const holders = new UnitHolders(groups);
  const arrange = (order: UnitPermutations, entry: LayoutEntry, apart?: UnitPlaces) =>
    holders.arrange(entry, tensorOf(b.theta, entry), order, apart);
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
        // BatchNorm's statistics have no vote.
        const voting = groups[index].axes.filter(({ vector }) => vector === "theta");
        const gain = new Float64Array(groups[index].size ** 2);
        for (const places of voting) await products.addTo(gain, places, arrange(permutations, places.entry, places));
        signal?.throwIfAborted();
        const present = permutations;
        const found = present.with(index, assignLargest(gain, groups[index].size));
        const entries = new Set(voting.map(({ entry }) => entry));
        if (
          isBetter(
            a.theta,
            entries,
            (entry) => arrange(found, entry),
            (entry) => arrange(present, entry),
          )
        ) {
          permutations = found;
          for (const neighbour of holders.neighboursOf(index)) unsettled.add(neighbour);
        }
        await onLayer?.(sweeps, groups[index].name);
      }
    }
  } finally {
    await products.dispose();
  }
  return { groups, permutations, weights: permuteGroups(b, groups, permutations), sweeps };
}

/** Whether ⟨θ_A, π(θ_B)⟩ over some tensors is larger for `found` than for `present`: in float64, whatever found it. */
function isBetter(
  a: Float32Array,
  entries: ReadonlySet<LayoutEntry>,
  found: (entry: LayoutEntry) => Float32Array,
  present: (entry: LayoutEntry) => Float32Array,
): boolean {
  let [gained, scale] = [0, 0];
  for (const entry of entries) {
    const [own, after, before] = [tensorOf(a, entry), found(entry), present(entry)];
    for (let k = 0; k < own.length; k++) {
      gained += own[k] * (after[k] - before[k]);
      scale += Math.abs(own[k] * before[k]);
    }
  }
  return gained > leastGain * scale;
}
