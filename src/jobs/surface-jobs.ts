/** The loss at a model, and around it: what these jobs take, stream and return. Types only. */
import type { Spec } from "../experiment/spec.ts";
import type { MeasuredCells, SurfaceReport, SurfaceRequest } from "../experiment/surface.ts";
import type { Weights } from "../experiment/weights.ts";
import type { BackendChoice, CostEstimate } from "./device-jobs.ts";

export interface SurfaceParams {
  readonly spec: Spec;
  readonly weights: Weights;
  readonly request: SurfaceRequest;
  readonly backend: BackendChoice;
  /**
   * Cells of this very grid that are measured already (a cancelled stream that goes on; a grid refined onto points of
   * the old one), with values of the same function. They are not evaluated again, and not sent back as tiles.
   */
  readonly known?: MeasuredCells;
}

/** Cells measured by a helper, in the order they were sent to it. */
export interface MeasuredTile extends MeasuredCells {
  readonly gflopPerSecond: number;
}

export type MeasureControl = { readonly kind: "measure"; readonly cells: Uint32Array } | { readonly kind: "finish" };

export type SurfaceEvent =
  | {
      readonly kind: "started";
      readonly backend: string;
      readonly evaluations: number;
      readonly cost: CostEstimate;
      /** Report of a surface cancelled before its first point, for those who keep what comes in as it comes. */
      readonly report: SurfaceReport;
    }
  /** Lossless. Values of `cells` (row-major indices, beta slow), in the order measured. */
  | {
      readonly kind: "tile";
      readonly cells: Uint32Array;
      readonly loss: Float64Array;
      readonly lossError: Float64Array;
      readonly accuracy: Float64Array;
      readonly done: number;
      readonly evaluations: number;
      readonly etaSeconds: number;
      readonly gflopPerSecond: number;
    };

export interface EvaluateParams {
  readonly spec: Spec;
  readonly weights: Weights;
  readonly subset: "train" | "test";
  readonly backend: BackendChoice;
  /** Whether the gradient of the mean loss is measured too, BatchNorm frozen. */
  readonly gradient?: boolean;
}

export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  readonly count: number;
  readonly backend: string;
  readonly gradient?: Float32Array;
}

export interface SurfaceJobs {
  evaluate: { params: EvaluateParams; event: never; control: never; result: Evaluation };
  /** The values are in the tiles alone: who reads them has the grid. */
  surface: { params: SurfaceParams; event: SurfaceEvent; control: never; result: SurfaceReport };
  /** Cells of a surface for another worker, which sends more as tiles come back; ends with `finish`. */
  measureCells: {
    params: Omit<SurfaceParams, "known">;
    event: MeasuredTile;
    control: MeasureControl;
    result: null;
  };
}
