/** The way that a training takes through parameter space: its points, its principal directions, its projection. */
import type { Weights } from "./weights.ts";

/** θ and BatchNorm's running statistics after so many steps. */
export interface TrajectoryPoint {
  readonly step: number;
  readonly weights: Weights;
}

/** A training's path in its principal directions. */
export interface Trajectory {
  /** Unit vectors of the model's layout. */
  readonly directions: readonly Float32Array[];
  /** The fraction of the variance along every principal direction, largest first. */
  readonly explained: Float64Array;
  /**
   * Coordinates of every checkpoint, relative to the last, along the first two directions; and its distance from their
   * plane.
   */
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly offPlane: Float64Array;
}

/** Points in order of training, in the plane or on the line of a surface. */
export interface ProjectedPath {
  /** Optimiser steps taken, ascending. */
  readonly step: Float64Array;
  readonly alpha: Float64Array;
  /** All 0 on a line. */
  readonly beta: Float64Array;
  /** Distance of the point itself to the plane. */
  readonly offPlane: Float64Array;
  /** The surface's own function at the point itself, off the plane or not. NaN where not measured. */
  readonly loss: Float64Array;
  readonly lossError: Float64Array;
  readonly accuracy: Float64Array;
}
