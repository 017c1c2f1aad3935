/** The way that a training takes through parameter space: which of its points are kept, and what their projection is. */
import { z } from "zod";
import type { Weights } from "./surface.ts";

export const recordingSchema = z.strictObject({
  everySteps: z.int().min(1).max(1_000_000).default(1).describe("Asked for; the budget may make it more."),
  budgetMegabytes: z.number().gt(0).max(4096).default(128).describe("Of all points together, 10⁶ bytes each."),
});

export type Recording = z.infer<typeof recordingSchema>;

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
  /** Of every checkpoint, relative to the last: its coordinates along the first two directions, and the distance to their plane. */
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

/** Which points of a run are recorded: step 0, every n-th, and the last. */
export interface RecordingPlan {
  readonly everySteps: number;
  readonly points: number;
  readonly bytes: number;
}

/** A path of fewer has no plane. */
export const fewestPoints = 3;
/** A finer path looks no different, and principal directions take time with the square of the points. */
export const mostPoints = 200;

const bytesPerMegabyte = 1e6;

/**
 * The smallest interval from the one asked for whose points fit in the budget and are no more than `mostPoints`, fixed before a run of so many steps begins;
 * null where fewer than three fit, or the run is too short for them.
 */
export function recordingPlan(
  { everySteps, budgetMegabytes }: Recording,
  steps: number,
  bytesPerPoint: number,
): RecordingPlan | null {
  const fitting = Math.min(mostPoints, Math.floor((budgetMegabytes * bytesPerMegabyte) / bytesPerPoint));
  if (fitting < fewestPoints || steps < fewestPoints - 1) return null;
  const interval = Math.max(Math.min(everySteps, steps), Math.ceil(steps / (fitting - 1)));
  const points = Math.ceil(steps / interval) + 1;
  return points < fewestPoints ? null : { everySteps: interval, points, bytes: points * bytesPerPoint };
}

/** Whether the state after so many steps is a point of the plan. */
export const isRecorded = ({ everySteps }: RecordingPlan, step: number, steps: number): boolean =>
  step % everySteps === 0 || step === steps;
