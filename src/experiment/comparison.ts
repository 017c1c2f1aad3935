/** What comparisons of models are about and what they find. Files of them are in `comparison-files.ts`. */
import type { Spec } from "./spec.ts";
import type { SurfaceSubset, Weights } from "./surface.ts";

export interface ComparedModel {
  /** What it is called in the result: a run's name, a file. */
  readonly label: string;
  readonly spec: Spec;
  readonly weights: Weights;
}

/** Two of the compared models, by position, and why something can't be said of them. */
export interface IncomparablePair {
  readonly pair: readonly [number, number];
  readonly what: "weights" | "predictions";
  readonly why: string;
}

/** Distances between n models. Matrices are [n, n], row-major; NaN for pairs that don't compare. */
export interface Distances {
  readonly labels: readonly string[];
  /** ‖θ‖ */
  readonly norms: Float64Array;
  /** ‖θ − θ₀‖, θ₀ the initial weights that each model's own specification names. */
  readonly fromInitialization: Float64Array;
  /** ‖θ − θ′‖ */
  readonly distance: Float64Array;
  /** Cosine of θ − θ₀ and θ′ − θ′₀. */
  readonly cosine: Float64Array;
  /** The same two after the hidden units of the later model of a pair were matched to the earlier's; null if not asked for. */
  readonly matchedDistance: Float64Array | null;
  readonly matchedCosine: Float64Array | null;
  /** Fraction of the examples on which the predicted classes differ. */
  readonly disagreement: Float64Array;
  /** Mean of KL(p ‖ p′) over the examples in nats, p of the row's model and p′ of the column's. */
  readonly divergence: Float64Array;
  readonly incomparable: readonly IncomparablePair[];
  readonly report: ComparisonReport;
}

/** Which examples figures are of, and what they took. */
export interface ComparisonReport {
  readonly data: Spec["data"];
  readonly subset: SurfaceSubset;
  readonly examples: number;
  readonly backend: string;
  readonly elapsedMs: number;
}

/** Hidden units of one layer: place i is taken by the unit that was number `permutation[i]`. */
export interface LayerPermutation {
  /** The layer's name in a PyTorch state dict: `features.0`. */
  readonly layer: string;
  readonly permutation: Int32Array;
}

/** One model's hidden units matched to another's. */
export interface Matching {
  readonly permutations: readonly LayerPermutation[];
  /** The permuted model: the same function. */
  readonly weights: Weights;
  /** ‖θ_A − θ_B‖ and ‖θ_A − π(θ_B)‖. */
  readonly distanceBefore: number;
  readonly distanceAfter: number;
  readonly sweeps: number;
  readonly elapsedMs: number;
}
