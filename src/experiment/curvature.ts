/** What curvature is asked for and what was found. Files of it are in `curvature-files.ts`. */
import type { Spec } from "./spec.ts";
import type { SurfaceSubset } from "./surface.ts";

/**
 * The Hessian of the mean loss; the Gauss-Newton matrix; Fisher's with labels sampled from the model; the mean outer
 * product of the examples' gradients.
 */
export const curvatureKinds = ["hessian", "ggn", "fisher", "empirical-fisher"] as const;
export type CurvatureKind = (typeof curvatureKinds)[number];

export const curvatureBatchNormModes = ["frozen", "batch"] as const;
export type CurvatureBatchNormMode = (typeof curvatureBatchNormModes)[number];

export interface CurvatureRequest {
  readonly operator: CurvatureKind;
  readonly subset: SurfaceSubset;
  readonly batchNorm: CurvatureBatchNormMode;
  /** Names of parameter tensors in a PyTorch state dict, `*` standing for any text; the block of all that match. */
  readonly parameters: readonly string[];
  /** D·A·D with D the norms of the filters: curvature of the rescaled landscape. */
  readonly filterScaled: boolean;
  /** Of the sampled labels and of every random vector. */
  readonly seed: number;
}

export interface CurvatureReport {
  readonly spec: Spec;
  readonly request: CurvatureRequest;
  /** Parameters in the block. */
  readonly dimension: number;
  readonly examples: number;
  /** Micro-batch sizes of the weighted sum, in order. */
  readonly microBatches: readonly number[];
  readonly flopPerProduct: number;
  readonly backend: string;
  readonly elapsedMs: number;
}

export const spectrumStatuses = ["converged", "max-steps", "breakdown", "non-finite", "cancelled"] as const;
export type SpectrumStatus = (typeof spectrumStatuses)[number];

export interface Spectrum {
  /** Largest first, `top` of them, then smallest first. Fewer than asked for when the solver stopped early. */
  readonly eigenvalues: Float64Array;
  /** How many of the eigenvalues are from the top. */
  readonly top: number;
  /** ‖Av − λv‖ of every pair, from a product of its own; only estimated after "cancelled" and "non-finite". */
  readonly residuals: Float64Array;
  /** Unit vectors in the model's flat layout, in the order of the eigenvalues. */
  readonly vectors: readonly Float32Array[];
  /** Residuals are at most this times the largest |λ| when converged. */
  readonly tolerance: number;
  readonly products: number;
  readonly status: SpectrumStatus;
  readonly report: CurvatureReport;
}

export type ProbeStatus = "complete" | "cancelled" | "non-finite";

/** Gauss quadrature of one probe's spectral measure: nodes θ and weights τ², whose sum is 1. */
export interface QuadratureRun {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

export interface SpectralDensity {
  readonly runs: readonly QuadratureRun[];
  readonly status: ProbeStatus;
  readonly products: number;
  readonly report: CurvatureReport;
}

/** A mean over random probes with its standard error (NaN of a single one). */
export interface ProbeMean {
  readonly mean: number;
  readonly standardError: number;
}

export const traceMethods = ["hutchinson", "hutch++"] as const;
export type TraceMethod = (typeof traceMethods)[number];

export interface TraceResult {
  readonly method: TraceMethod;
  readonly trace: ProbeMean;
  /** ‖A‖_F from the same probes; absent of Hutch++. */
  readonly frobeniusNorm?: ProbeMean;
  readonly probes: number;
  readonly products: number;
  readonly status: ProbeStatus;
  readonly report: CurvatureReport;
}
