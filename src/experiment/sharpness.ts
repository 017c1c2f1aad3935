/** Measures of flatness by finite perturbations of the weights: what is asked for and what was found. */
import type { ProbeStatus } from "./curvature.ts";
import type { Spec } from "./spec.ts";
import type { BatchNormMode, SurfaceSubset } from "./surface.ts";

/**
 * adaptive-average: E[L(w + δ)] − L(w) with δ ~ N(0, ρ²w²), element by element. filter-average: the same mean over random
 * directions that give every filter ρ times the norm of the weights' filter; biases and BatchNorm's parameters stay.
 * adaptive-worst: the largest L(w + δ) − L(w) with ‖δ ⊘ |w|‖₂ ≤ ρ (Kwon et al. 2021). plain-worst: that with ‖δ‖₂ ≤ ρ
 * (Foret et al. 2021).
 */
export const averageKinds = ["adaptive-average", "filter-average"] as const;
export const worstKinds = ["adaptive-worst", "plain-worst"] as const;
export const sharpnessKinds = [...averageKinds, ...worstKinds] as const;
export type AverageKind = (typeof averageKinds)[number];
export type WorstKind = (typeof worstKinds)[number];
export type SharpnessKind = (typeof sharpnessKinds)[number];

/** ρ of each kind unless told: those of the papers for the worst cases; a tenth of every weight for the averages. */
const usualRadii: Readonly<Record<SharpnessKind, number>> = {
  "adaptive-average": 0.1,
  "filter-average": 0.1,
  "adaptive-worst": 0.5,
  "plain-worst": 0.05,
};
export const usualDraws = 20;
export const usualSteps = 10;

export interface SharpnessMeasure {
  readonly kind: SharpnessKind;
  /** ρ */
  readonly radius: number;
  /** Draws of an average, at least 1; gradients of a worst case, the one at w not counted, at least 1. */
  readonly count: number;
}

export const usualMeasure = (kind: SharpnessKind): SharpnessMeasure => ({
  kind,
  radius: usualRadii[kind],
  count: isAverage(kind) ? usualDraws : usualSteps,
});

export const isAverage = (kind: SharpnessKind): kind is AverageKind =>
  (averageKinds as readonly SharpnessKind[]).includes(kind);

export interface SharpnessRequest {
  readonly subset: SurfaceSubset;
  readonly batchNorm: BatchNormMode;
  readonly measures: readonly SharpnessMeasure[];
  /** Seed of the draws. */
  readonly seed: number;
}

export interface SharpnessEstimate extends Pick<SharpnessMeasure, "kind" | "radius"> {
  /** The mean of an average; of a worst case the largest rise found, which is a lower bound of the largest there is. */
  readonly value: number;
  /** Standard error of the mean, NaN for a single draw; null for a worst case. */
  readonly standardError: number | null;
  /** Draws, or gradients. */
  readonly done: number;
  readonly status: ProbeStatus;
}

export interface SharpnessResult {
  /** L(w) */
  readonly loss: number;
  /** Measures in the order asked for; those not begun when the job was cancelled are missing. */
  readonly figures: readonly SharpnessEstimate[];
  /** `non-finite` where L(w) or an estimate met a loss that is not finite. */
  readonly status: ProbeStatus;
  readonly report: SharpnessReport;
}

export interface SharpnessReport {
  readonly spec: Spec;
  readonly request: SharpnessRequest;
  readonly examples: number;
  /** Micro-batch sizes of the weighted sum, in order. */
  readonly microBatches: readonly number[];
  readonly backend: string;
  readonly elapsedMs: number;
}
