/** The recorded points of a run, as they come and as a figure uses them. */
import type { TrajectoryPoint } from "../../../experiment/trajectory.ts";
import type { Weights } from "../../../experiment/weights.ts";
import type { SurfaceSource } from "../surface-source.ts";

/** Ascending by step; a point of a step that is there already takes its place. */
export function withPoint(points: readonly TrajectoryPoint[], point: TrajectoryPoint): readonly TrajectoryPoint[] {
  const before = points.filter(({ step }) => step < point.step);
  const after = points.filter(({ step }) => step > point.step);
  return [...before, point, ...after];
}

/**
 * The way to a surface's centre, which is its last point; empty where there is none. A centre between two recorded steps is
 * a point too.
 */
export function pathTo(
  points: readonly TrajectoryPoint[],
  runId: string | null,
  { checkpoint, weights }: SurfaceSource,
): readonly TrajectoryPoint[] {
  if (!checkpoint || checkpoint.runId !== runId) return [];
  const before = points.filter(
    ({ step, weights: { theta } }) => step < checkpoint.step && theta.length === weights.theta.length,
  );
  return before.length > 0 ? [...before, { step: checkpoint.step, weights }] : [];
}

/** ‖b − a‖ of two models' parameters. */
export function distanceBetween(a: Weights, b: Weights): number {
  let square = 0;
  for (let index = 0; index < a.theta.length; index++) square += (b.theta[index] - a.theta[index]) ** 2;
  return Math.sqrt(square);
}

export const sameSteps = (a: readonly TrajectoryPoint[], b: readonly TrajectoryPoint[]): boolean =>
  a.length === b.length && a.every(({ step }, index) => step === b[index].step);
