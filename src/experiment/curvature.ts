/** What curvature is asked for and what was found. Files of it are in `curvature-files.ts`. */
import type { SolveHistory } from "./solve-history.ts";
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
  /** Seed of the sampled labels and of every random vector. */
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
  /** How the solve came to it; absent from before solves recorded it. */
  readonly history?: SolveHistory;
  readonly report: CurvatureReport;
}

export interface Eigenpair {
  readonly eigenvalue: number;
  /** The eigenvector, of unit norm. */
  readonly vector: Float32Array;
}

/**
 * The pair of a number as in `EigenDirection`: 1 is that of the largest eigenvalue, −1 that of the smallest. Null where
 * the spectrum holds none of this number.
 */
export function eigenpairOf(
  { eigenvalues, vectors, top }: Pick<Spectrum, "eigenvalues" | "vectors" | "top">,
  index: number,
): Eigenpair | null {
  const fromTop = index > 0;
  const isThere = fromTop ? index <= top : index < 0 && -index <= vectors.length - top;
  if (!isThere) return null;
  const place = fromTop ? index - 1 : top - index - 1;
  return { eigenvalue: eigenvalues[place], vector: vectors[place] };
}

/** Whether eigenvalues are curvatures of a loss along their eigenvectors: of its very Hessian, whole or a block of it. */
export function isCurvatureOf(
  { operator, filterScaled, subset, batchNorm }: CurvatureRequest,
  surface: { readonly subset: string; readonly batchNorm: string },
): boolean {
  return operator === "hessian" && !filterScaled && subset === surface.subset && batchNorm === surface.batchNorm;
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

/** Curvature of one layer's diagonal block. */
export interface LayerCurvature {
  /** The layer's name in a PyTorch state dict: `features.0`. */
  readonly name: string;
  /** Its tensors: `features.0.weight`, `features.0.bias`. */
  readonly parameters: readonly string[];
  readonly dimension: number;
  /** Largest first. */
  readonly eigenvalues: Float64Array;
  /** ‖Av − λv‖ of every pair. */
  readonly residuals: Float64Array;
  readonly status: SpectrumStatus;
  readonly trace: ProbeMean;
  readonly frobeniusNorm: ProbeMean;
  readonly products: number;
}

export interface LayerwiseCurvature {
  /** Layers in the model's order; fewer than the model has when cancelled. */
  readonly layers: readonly LayerCurvature[];
  readonly tolerance: number;
  readonly status: ProbeStatus;
  readonly report: CurvatureReport;
}

/**
 * The examples of one spectrum: all of the chosen set; a mini-batch of it, drawn without replacement; or as many drawn
 * with replacement (bootstrap).
 */
export type SampleKind = "full" | "mini-batch" | "resampled";

export interface SubsetSample {
  readonly kind: SampleKind;
  readonly size: number;
  /** Which draw of its kind and size, from 0. */
  readonly draw: number;
  /** Largest first. */
  readonly eigenvalues: Float64Array;
  readonly residuals: Float64Array;
  readonly status: SpectrumStatus;
  /** ‖VᵀV′‖_F²/k with the top-k eigenspace of the full set (Gur-Ari et al. 2018): 1 for the same space. */
  readonly overlap: number;
  readonly products: number;
}

export interface SubsetExperiment {
  /** The full set first. */
  readonly samples: readonly SubsetSample[];
  /** k: eigenpairs of every sample. */
  readonly top: number;
  readonly tolerance: number;
  readonly status: ProbeStatus;
  readonly report: CurvatureReport;
}

/** f(0) + gᵀs + ½sᵀHs in the plane's own coordinates s = (α, β), from exact derivatives. On a line β's entries are 0. */
export interface QuadraticModel {
  readonly loss: number;
  readonly gradient: readonly [alpha: number, beta: number];
  readonly hessian: readonly [alphaAlpha: number, alphaBeta: number, betaBeta: number];
}

/** |λ_min/λ_max| of the Hessian of the weights of rank 2 and more over a grid of the plane (Li et al. 2018, appendix). */
export interface ConvexityMap {
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  /** Row-major, beta slow; NaN where not yet measured. */
  readonly largest: Float64Array;
  readonly smallest: Float64Array;
  /** Bound on the residuals, relative to the larger |λ|. */
  readonly tolerance: number;
  /** Points whose solve ended with larger residuals; their values are the best that it found. */
  readonly unconverged: number;
  readonly products: number;
  readonly status: ProbeStatus;
  readonly report: CurvatureReport;
}

/** What a map's plane was: directions by name, and how they were scaled. */
export interface PlaneDescription {
  readonly x: string;
  readonly y: string | null;
  readonly normalization: string;
  readonly biases: string;
  readonly orthogonalize: boolean;
}

/** A map as it is kept with a run. */
export interface PlaneConvexity extends ConvexityMap {
  readonly plane: PlaneDescription;
  /** 1 where measured. A measured value may be no number: that is a result, not a gap. */
  readonly measured: Uint8Array;
}
