/** The entry of measures of flatness in the map of jobs. Types only. */
import type { SharpnessEstimate, SharpnessRequest, SharpnessResult } from "../experiment/sharpness.ts";
import type { Spec } from "../experiment/spec.ts";
import type { Weights } from "../experiment/weights.ts";
import type { BackendChoice } from "./device-jobs.ts";

export interface SharpnessParams {
  readonly spec: Spec;
  readonly weights: Weights;
  readonly request: SharpnessRequest;
  readonly backend: BackendChoice;
}

/** An estimate as it stands after one more draw or gradient. */
export interface SharpnessProgress {
  readonly kind: "progress";
  /** Position in `request.measures`. */
  readonly measure: number;
  readonly estimate: SharpnessEstimate;
}

export interface SharpnessJobs {
  /** A cancelled one resolves with what is done. */
  sharpness: { params: SharpnessParams; event: SharpnessProgress; control: never; result: SharpnessResult };
}
