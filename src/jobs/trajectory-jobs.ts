/** The entries of the map of jobs that are about a training's way. Types only. */
import type { ProjectedPath, Trajectory, TrajectoryPoint } from "../experiment/trajectory.ts";
import type { SurfaceParams } from "./surface-jobs.ts";

/** `weights` is the surface's centre, `request` the surface's own: its grid does not matter. */
export interface ProjectTrajectoryParams extends Omit<SurfaceParams, "known"> {
  /** Points in order of training. */
  readonly points: readonly TrajectoryPoint[];
}

/** Lossless. All coordinates come first, then the values point by point. */
export type ProjectTrajectoryEvent =
  | ({ readonly kind: "placed" } & Pick<ProjectedPath, "alpha" | "beta" | "offPlane">)
  | {
      readonly kind: "point";
      readonly index: number;
      readonly loss: number;
      readonly lossError: number;
      readonly accuracy: number;
    };

/** How far the pass over the points is, from 0 to 1. */
export interface TrajectoryProgress {
  readonly kind: "progress";
  readonly fraction: number;
}

export interface TrajectoryJobs {
  /** Principal directions of checkpoints' parameters, in order of training, and the path in the first two. */
  trajectory: {
    params: { readonly points: readonly Float32Array[] };
    event: TrajectoryProgress;
    control: never;
    result: Trajectory;
  };
  /** A path over a surface. A cancelled one resolves with what is measured. */
  projectTrajectory: {
    params: ProjectTrajectoryParams;
    event: ProjectTrajectoryEvent;
    control: never;
    result: ProjectedPath & { readonly status: "complete" | "cancelled" };
  };
}
