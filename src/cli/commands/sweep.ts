/** `sweep`: every run of a sweep one after another, in folders such as `train` leaves. What is there already is not done again. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type SweepRun, sweepRuns } from "../../experiment/sweep-runs.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { TrainingCheckpoint, TrainResult } from "../../jobs/training-jobs.ts";
import { exitCodes } from "../cli-error.ts";
import { readSweep } from "../inputs.ts";
import type { Session } from "../session.ts";
import { checkpointName, openStoredRun, runInFolder, summary } from "./train.ts";

export interface SweepOptions {
  readonly out: string;
  readonly backend: BackendChoice;
}

/** Resolves with the exit code. */
export async function sweep(path: string, { out, backend }: SweepOptions, session: Session): Promise<number> {
  const runs = sweepRuns(await readSweep(path));
  // All folders are looked at before the first run: a foreign one is no surprise hours later.
  const places = await Promise.all(runs.map((run) => findPlace(join(out, run.slug), run)));
  await session.announceBackend(backend);
  const results: object[] = [];
  const statuses: TrainResult["status"][] = [];
  for (const run of runs) {
    const { folder, resume, isBeside } = places[run.index];
    const place = `${run.index + 1} of ${runs.length}, ${run.name}`;
    if (isBeside) session.say(`${place}: ${run.slug} holds a run of another specification; this one is in ${folder}`);
    const isFinished = resume && resume.epochs.length >= run.spec.training.epochs;
    session.say(`${place}: ${isFinished ? "finished before" : resume ? `from step ${resume.step}` : "new"}`);
    const result: TrainResult = isFinished
      ? { status: "complete", checkpoint: resume }
      : await runInFolder({ folder, spec: run.spec, resume }, { backend, sharesPrograms: true }, session);
    const changes = Object.fromEntries(run.changes.map(({ axis, value }) => [axis, value]));
    results.push({ name: run.name, changes, ...summary(folder, result) });
    statuses.push(result.status);
    if (result.status === "cancelled") break;
  }
  session.print({ out, runs: runs.length, finished: statuses.filter((one) => one === "complete").length, results });
  if (statuses.includes("cancelled")) return exitCodes.interrupted;
  return statuses.includes("non-finite") ? exitCodes.nonFinite : 0;
}

interface RunPlace {
  readonly folder: string;
  /** What the folder holds of the run; undefined where that is nothing yet. */
  readonly resume: TrainingCheckpoint | undefined;
  /** The run's usual folder holds one of another sweep, somebody else's perhaps. */
  readonly isBeside: boolean;
}

/** The run's own folder, or the first of `SLUG-2`, `SLUG-3`, … that is free or holds this very run. */
async function findPlace(usual: string, { spec }: SweepRun): Promise<RunPlace> {
  for (let number = 1; ; number++) {
    const isBeside = number > 1;
    const folder = isBeside ? `${usual}-${number}` : usual;
    if (!existsSync(join(folder, checkpointName))) return { folder, resume: undefined, isBeside };
    const { resume } = await openStoredRun(folder);
    if (JSON.stringify(resume.spec) === JSON.stringify(spec)) return { folder, resume, isBeside };
  }
}
