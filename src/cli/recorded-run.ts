/** The recorded way of a run in its folder: read, its principal directions, its places in a plane. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type FolderFiles, fileNames, stepOfPointFile } from "../experiment/run-folder.ts";
import { readPoints } from "../experiment/run-folder-points.ts";
import type { ProjectedPath, Trajectory, TrajectoryPoint } from "../experiment/trajectory.ts";
import { tensorNames } from "../jobs/exchange-run.ts";
import type { JobParams } from "../jobs/jobs.ts";
import { CliError, exitCodes } from "./cli-error.ts";
import { type LoadedCheckpoint, readCheckpoint, readInput } from "./inputs.ts";
import type { Session } from "./session.ts";

export interface RecordedRun extends LoadedCheckpoint {
  /** The points before the checkpoint's step, and the checkpoint itself. */
  readonly points: readonly TrajectoryPoint[];
}

/** The checkpoint of a run's folder. */
export const checkpointOf = (folder: string): string => join(folder, fileNames.checkpoint);

/** Throws CliError where nothing was recorded, and what `readPoints` throws. */
export async function readRecordedRun(folder: string): Promise<RecordedRun> {
  const checkpoint = await readCheckpoint(checkpointOf(folder), undefined);
  const { weights, file } = checkpoint;
  const names = (await readdir(folder)).filter((name) => stepOfPointFile(name) !== null);
  const files: Record<string, FolderFiles[string]> = {};
  for (const name of names) files[name] = new Uint8Array(await readInput(join(folder, name)));
  // As written in the file itself: another place of the data is no other run.
  const spec = file.spec ?? checkpoint.spec;
  const end = file.step ?? Number.POSITIVE_INFINITY;
  const before = readPoints(files, spec, tensorNames(spec), folder).filter(({ step }) => step < end);
  if (before.length === 0)
    throw new CliError(
      `${folder}: It holds no recorded points. Train with --record-every, or with "recording" in the specification.`,
    );
  return { ...checkpoint, points: [...before, { step: end, weights }] };
}

export async function findPrincipal(points: readonly TrajectoryPoint[], session: Session): Promise<Trajectory> {
  return session.follow("trajectory", { points: points.map(({ weights }) => weights.theta) });
}

/** Throws CliError when it is interrupted. */
export async function projectRun(params: JobParams<"projectTrajectory">, session: Session): Promise<ProjectedPath> {
  const { status, ...path } = await session.follow("projectTrajectory", params, (event) => {
    if (event.kind !== "point") return;
    session.sayProgress(`point ${event.index + 1} of ${params.points.length}: loss ${event.loss.toPrecision(4)}`);
  });
  if (status === "cancelled") throw new CliError("Stopped while measuring the path.", exitCodes.interrupted);
  return path;
}

/** For people and scripts: where the path lies, and how far off. */
export function summarizePath({ step, alpha, beta, offPlane, loss }: ProjectedPath) {
  const span = (values: Float64Array) => ({ min: Math.min(...values), max: Math.max(...values) });
  return {
    points: step.length,
    steps: span(step),
    alpha: span(alpha),
    beta: span(beta),
    farthestOffPlane: Math.max(...offPlane),
    loss: { first: loss[0], last: loss[loss.length - 1] },
  };
}
