/** The entries of the map of jobs that compare models. Types only. */
import type { PathPart } from "../comparison/measure-path.ts";
import type {
  ComparedModel,
  CurveRequest,
  Distances,
  Matching,
  ModelCurve,
  ModelLine,
  ModelPlane,
  PathBatchNorm,
} from "../experiment/comparison.ts";
import type { Spec } from "../experiment/spec.ts";
import type { SurfaceSubset } from "../experiment/surface.ts";
import type { Weights } from "../experiment/weights.ts";
import type { BackendChoice } from "./device-jobs.ts";

export interface DistancesParams {
  readonly models: readonly ComparedModel[];
  /** What predictions are compared on. */
  readonly data: Spec["data"];
  readonly subset: SurfaceSubset;
  /** Whether distances after matching hidden units are measured too, which may take minutes for a pair of wide nets. */
  readonly matched: boolean;
  /** Seed of the order in which matching goes through layers. */
  readonly seed: number;
  readonly backend: BackendChoice;
}

/** How far a comparison is. */
export interface ComparisonProgress {
  readonly kind: "progress";
  readonly done: number;
  readonly total: number;
  /** What is worked on: "predictions of a", "matching a and b". */
  readonly detail: string;
}

export interface MatchParams {
  /** The specification of both models. */
  readonly spec: Spec;
  /** Stays as it is. */
  readonly from: Weights;
  /** Its hidden units are exchanged. */
  readonly to: Weights;
  /** Seed of the order in which matching goes through layers. */
  readonly seed: number;
  readonly backend: BackendChoice;
}

/** After a layer was assigned. */
export interface MatchProgress {
  readonly kind: "layer";
  readonly sweep: number;
  readonly layer: string;
}

export interface PathParams {
  /** The specification of both models; its data are what is measured on. */
  readonly spec: Spec;
  readonly from: Weights;
  readonly to: Weights;
  /** Number of points on the path, both ends included; at least 2. */
  readonly points: number;
  readonly batchNorm: PathBatchNorm;
  readonly backend: BackendChoice;
}

export interface LineParams extends PathParams {
  /** Whether the line to the second model after matching is measured too. */
  readonly match: boolean;
  /** Seed of the order in which matching goes through layers. */
  readonly seed: number;
}

/** Lossless. A point measured on both sets. */
export interface PathPointEvent {
  readonly kind: "point";
  readonly path: "raw" | "matched" | "curve";
  readonly index: number;
  readonly t: number;
  readonly train: PointMetrics;
  readonly test: PointMetrics;
}
export interface PointMetrics {
  readonly loss: number;
  readonly lossError: number;
  readonly accuracy: number;
}

export interface MeasurePointsParams {
  readonly spec: Spec;
  readonly part: PathPart;
  /** BatchNorm's statistics are measured anew at every point. */
  readonly reestimated: boolean;
  readonly backend: BackendChoice;
}
/** A point measured by a helper. */
export type MeasuredPoint = Pick<PathPointEvent, "index" | "train" | "test">;

export interface CurveParams extends PathParams {
  /** Where the control points begin; without them, evenly on the straight line. */
  readonly start?: readonly Float32Array[];
  readonly request: CurveRequest;
}

/** Losses of the steps from `firstStep` (from 0) on, each at a point of the curve drawn for it. */
export interface CurveSteps {
  readonly kind: "steps";
  readonly firstStep: number;
  readonly steps: number;
  readonly batchLosses: Float32Array;
}

export interface ModelPlaneParams {
  readonly spec: Spec;
  readonly models: readonly [PlaneModel, PlaneModel, PlaneModel];
  /** Further weights, to be projected onto the plane. */
  readonly projected?: readonly Float32Array[];
  readonly columns: number;
  readonly rows: number;
  /** Around the models, as a fraction of what they span. */
  readonly margin: number;
  readonly subset: SurfaceSubset;
  readonly batchNorm: PathBatchNorm;
  readonly backend: BackendChoice;
}
export interface PlaneModel {
  readonly label: string;
  readonly weights: Weights;
}

export interface ComparisonJobs {
  distances: { params: DistancesParams; event: ComparisonProgress; control: never; result: Distances };
  match: { params: MatchParams; event: MatchProgress; control: never; result: Matching };
  line: { params: LineParams; event: PathPointEvent | MatchProgress; control: never; result: ModelLine };
  /** Some points of a path, for another worker. */
  measurePoints: { params: MeasurePointsParams; event: MeasuredPoint; control: never; result: null };
  /** A cancelled one resolves with the control points as they are. */
  curve: { params: CurveParams; event: CurveSteps | PathPointEvent; control: never; result: ModelCurve };
  /** Where the plane lies and its models in it; `surface` measures it with the result's request around the first model. */
  plane: { params: ModelPlaneParams; event: never; control: never; result: ModelPlane };
}
