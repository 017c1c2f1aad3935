/** What comparisons of models are about and what they find. Files of them are in `comparison-files.ts`. */
import type { Spec } from "./spec.ts";
import type { SurfaceRequest, SurfaceSubset } from "./surface.ts";
import type { Weights } from "./weights.ts";

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

/** Which examples were measured, and what they took. */
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

/**
 * BatchNorm's statistics between models: those of the models interpolated, those of the first one everywhere, or measured
 * anew at every point.
 */
export const pathBatchNormModes = ["interpolated", "frozen", "reestimated"] as const;
export type PathBatchNorm = (typeof pathBatchNormModes)[number];

/** How far the loss rises over the straight line between the losses at a path's ends. */
export interface Barrier {
  /** 0 where it never rises above; NaN where a loss on the way is not finite. */
  readonly height: number;
  /** Where it is highest. */
  readonly t: number;
}

/** Metrics of one set along a path, in the order of its t. */
export interface SplitMetrics {
  readonly loss: Float64Array;
  /** Standard error of the loss over examples. */
  readonly lossError: Float64Array;
  readonly accuracy: Float64Array;
  readonly barrier: Barrier;
  readonly examples: number;
}

export interface PathMetrics {
  /** Ascending from 0, the first model, to 1, the second. */
  readonly t: Float64Array;
  readonly train: SplitMetrics;
  readonly test: SplitMetrics;
}

export interface PathReport {
  readonly spec: Spec;
  readonly batchNorm: PathBatchNorm;
  readonly backend: string;
  readonly elapsedMs: number;
}

/** The straight line between two models. */
export interface ModelLine {
  readonly raw: PathMetrics;
  /** The path to the second model after its hidden units were matched to the first's; null if not asked for. */
  readonly matched: { readonly figures: PathMetrics; readonly matching: Matching } | null;
  readonly report: PathReport;
}

/** Coordinates in a plane, in the units of the weights. */
export interface PlanePlace {
  readonly alpha: number;
  readonly beta: number;
}

/** A model's place in a plane, and its metrics there and by itself, with its own statistics. */
export interface PlaneMark extends PlanePlace {
  readonly label: string;
  readonly inPlane: { readonly loss: number; readonly accuracy: number };
  readonly own: { readonly loss: number; readonly accuracy: number };
}

/** The plane through three models, ready to be measured as a surface around the first of them. */
export interface ModelPlane {
  readonly request: SurfaceRequest;
  readonly marks: readonly [PlaneMark, PlaneMark, PlaneMark];
  /** Further weights: their projections, and how far off the plane they lie. */
  readonly projected: readonly (PlanePlace & { readonly offPlane: number })[];
}

/** A quadratic Bézier curve with one control point, or a polygonal chain with one and more (Garipov et al. 2018). */
export const curveKinds = ["bezier", "chain"] as const;
export type CurveKind = (typeof curveKinds)[number];

export interface CurveRequest {
  readonly kind: CurveKind;
  /** Control points; 1 of a Bézier curve. */
  readonly controls: number;
  readonly epochs: number;
  readonly learningRate: number;
  /** Seed of the order of examples and of the points drawn on the curve. */
  readonly seed: number;
}

/** A curve trained between two models. */
export interface ModelCurve {
  readonly request: CurveRequest;
  /** Flat vectors of the model's layout, from the first model to the second. */
  readonly controls: readonly Float32Array[];
  /** One a step, each at a point of the curve drawn for it. */
  readonly batchLosses: Float32Array;
  readonly status: "complete" | "cancelled";
  /** Null when cancelled before the curve was measured. */
  readonly figures: PathMetrics | null;
  readonly report: PathReport;
}
