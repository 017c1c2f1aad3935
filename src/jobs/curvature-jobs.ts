/** The curvature entries of the map of jobs. Types only. */
import type {
  ConvexityMap,
  CurvatureReport,
  CurvatureRequest,
  LayerCurvature,
  LayerwiseCurvature,
  QuadraticModel,
  QuadratureRun,
  SpectralDensity,
  Spectrum,
  SubsetExperiment,
  SubsetSample,
  TraceMethod,
  TraceResult,
} from "../experiment/curvature.ts";
import type { GridAxis } from "../experiment/grid.ts";
import type { Spec } from "../experiment/spec.ts";
import type { SurfaceRequest } from "../experiment/surface.ts";
import type { Weights } from "../experiment/weights.ts";
import type { BackendChoice, CostEstimate } from "./device-jobs.ts";

/** What every curvature job is about. */
export interface CurvatureParams {
  readonly spec: Spec;
  readonly weights: Weights;
  readonly request: CurvatureRequest;
  readonly backend: BackendChoice;
}

export interface SpectrumParams extends CurvatureParams {
  /** Pairs wanted from the largest and from the smallest end. */
  readonly top: number;
  readonly bottom: number;
  /** Bound on the residuals, relative to the largest |λ|. */
  readonly tolerance: number;
  readonly maxProducts: number;
  /** For the basis; a solve that needs more restarts within it. */
  readonly memoryBytes: number;
}

/** How far a solve is. Latest wins. */
export interface SpectrumStep {
  readonly kind: "step";
  readonly products: number;
  /** The wanted Ritz values, largest first, then smallest first, and estimates of their residuals over the largest |λ|. */
  readonly ritzValues: Float64Array;
  readonly residuals: Float64Array;
  readonly converged: number;
  readonly elapsedMs: number;
}

export interface CurvatureStarted {
  readonly kind: "started";
  readonly backend: string;
  readonly dimension: number;
  readonly examples: number;
  /** `flopPerStep` is that of one product. */
  readonly cost: CostEstimate;
  /** State of a spectrum that goes on after its device was lost; all before is as it was. */
  readonly resumed?: ResumedSolve;
}
export interface ResumedSolve {
  /** Products behind the basis that was stored last, 0 when there was none. */
  readonly products: number;
  /** Products since then, to be done again. */
  readonly lostProducts: number;
}

export interface DensityParams extends CurvatureParams {
  readonly probes: number;
  /** Lanczos steps of each probe. */
  readonly steps: number;
}
export interface DensityProbe {
  readonly kind: "probe";
  readonly probe: number;
  readonly run: QuadratureRun;
}

export interface TraceParams extends CurvatureParams {
  readonly method: TraceMethod;
  /** Products to spend: probes of Hutchinson, a third of them a sketch with Hutch++. */
  readonly probes: number;
}
export interface TraceProbe {
  readonly kind: "probe";
  readonly probe: number;
  /** vᵀAv of the probe. */
  readonly value: number;
}

export interface ProductParams extends CurvatureParams {
  /** The vector, in the model's flat layout. */
  readonly vector: Float32Array;
}
export interface Product {
  readonly product: Float32Array;
  /** vᵀAv/vᵀv. */
  readonly rayleighQuotient: number;
  readonly report: CurvatureReport;
}

export interface LayersParams extends CurvatureParams {
  /** Pairs of every layer's block; all of them where a block is smaller. */
  readonly top: number;
  readonly tolerance: number;
  /** Most products of every layer's solve. */
  readonly maxProducts: number;
  /** Probes of every layer's trace and norm. */
  readonly probes: number;
  readonly memoryBytes: number;
}
export interface LayerDone {
  readonly kind: "layer";
  readonly index: number;
  readonly layers: number;
  readonly layer: LayerCurvature;
}

export interface SubsetsParams extends CurvatureParams {
  readonly top: number;
  readonly tolerance: number;
  /** Most products of every solve. */
  readonly maxProducts: number;
  readonly memoryBytes: number;
  /** Sizes of mini-batches, without replacement. */
  readonly batchSizes: readonly number[];
  /** Draws of every size. */
  readonly draws: number;
  /** Subsets drawn with replacement, all of one size. */
  readonly resampled: { readonly size: number; readonly draws: number } | null;
}
export interface SubsetDone {
  readonly kind: "sample";
  readonly index: number;
  readonly samples: number;
  readonly sample: SubsetSample;
}

export interface PlaneParams {
  readonly spec: Spec;
  readonly weights: Weights;
  /** The plane, as of a surface. BatchNorm "reestimated" has no derivative here and is refused. */
  readonly plane: SurfaceRequest;
  readonly backend: BackendChoice;
}

export interface ConvexityParams extends PlaneParams {
  readonly alpha: GridAxis;
  readonly beta: GridAxis;
  readonly tolerance: number;
  /** Most products of every point's solve. */
  readonly maxProducts: number;
  readonly memoryBytes: number;
  readonly seed: number;
}
export interface ConvexityPoint {
  readonly kind: "point";
  /** Row-major index, beta slow. */
  readonly cell: number;
  readonly largest: number;
  readonly smallest: number;
  readonly done: number;
  readonly points: number;
}

export interface CurvatureJobs {
  /** A cancelled one resolves with what has converged. */
  spectrum: { params: SpectrumParams; event: CurvatureStarted | SpectrumStep; control: never; result: Spectrum };
  density: { params: DensityParams; event: CurvatureStarted | DensityProbe; control: never; result: SpectralDensity };
  trace: { params: TraceParams; event: CurvatureStarted | TraceProbe; control: never; result: TraceResult };
  product: { params: ProductParams; event: never; control: never; result: Product };
  /** A cancelled one resolves with the layers done. */
  layers: { params: LayersParams; event: CurvatureStarted | LayerDone; control: never; result: LayerwiseCurvature };
  /** A cancelled one resolves with the samples done. */
  subsets: { params: SubsetsParams; event: CurvatureStarted | SubsetDone; control: never; result: SubsetExperiment };
  quadraticModel: { params: PlaneParams; event: never; control: never; result: QuadraticModel };
  /** A cancelled one resolves with the points done. */
  convexity: {
    params: ConvexityParams;
    event: CurvatureStarted | ConvexityPoint;
    control: never;
    result: ConvexityMap;
  };
}
