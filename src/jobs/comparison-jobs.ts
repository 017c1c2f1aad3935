/** The entries of the map of jobs that compare models. Types only. */
import type { ComparedModel, Distances, Matching } from "../experiment/comparison.ts";
import type { Spec } from "../experiment/spec.ts";
import type { SurfaceSubset, Weights } from "../experiment/surface.ts";
import type { BackendChoice } from "./jobs.ts";

export interface DistancesParams {
  readonly models: readonly ComparedModel[];
  /** What predictions are compared on. */
  readonly data: Spec["data"];
  readonly subset: SurfaceSubset;
  /** Also distances after matching hidden units, which may take minutes for a pair of wide nets. */
  readonly matched: boolean;
  /** Of the order in which matching goes through layers. */
  readonly seed: number;
  readonly backend: BackendChoice;
}

/** How far a comparison is. */
export interface ComparisonProgress {
  readonly kind: "progress";
  readonly done: number;
  readonly total: number;
  /** What is at hand: "predictions of a", "matching a and b". */
  readonly detail: string;
}

export interface MatchParams {
  /** Of both models. */
  readonly spec: Spec;
  /** Stays as it is. */
  readonly from: Weights;
  /** Its hidden units are exchanged. */
  readonly to: Weights;
  readonly seed: number;
}

/** After a layer was assigned. */
export interface MatchProgress {
  readonly kind: "layer";
  readonly sweep: number;
  readonly layer: string;
}

export interface ComparisonJobs {
  distances: { params: DistancesParams; event: ComparisonProgress; control: never; result: Distances };
  /** Weight matching on the processor, whatever the backend. */
  match: { params: MatchParams; event: MatchProgress; control: never; result: Matching };
}
