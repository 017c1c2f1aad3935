/** `sweep`: every run of a sweep one after another, in folders such as `train` leaves. What is there already is not done again. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type SweepRun, sweepRuns } from "../../experiment/sweep-runs.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { TrainingCheckpoint, TrainResult } from "../../jobs/training-jobs.ts";
import { CliError, exitCodes } from "../cli-error.ts";
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
  const stored = await Promise.all(runs.map((run) => findStored(join(out, run.slug), run)));
  await session.announceBackend(backend);
  const results: object[] = [];
  const statuses: TrainResult["status"][] = [];
  for (const run of runs) {
    const folder = join(out, run.slug);
    const place = `${run.index + 1} of ${runs.length}, ${run.name}`;
    const resume = stored[run.index];
    const isFinished = resume && resume.epochs.length >= run.spec.training.epochs;
    session.say(`${place}: ${isFinished ? "finished before" : resume ? `from step ${resume.step}` : "new"}`);
    const result: TrainResult = isFinished
      ? { status: "complete", checkpoint: resume }
      : await runInFolder({ folder, spec: run.spec, resume }, { backend, keepCompiled: true }, session);
    const changes = Object.fromEntries(run.changes.map(({ axis, value }) => [axis, value]));
    results.push({ name: run.name, changes, ...summary(folder, result) });
    statuses.push(result.status);
    if (result.status === "cancelled") break;
  }
  session.print({ out, runs: runs.length, finished: statuses.filter((one) => one === "complete").length, results });
  if (statuses.includes("cancelled")) return exitCodes.interrupted;
  return statuses.includes("non-finite") ? exitCodes.nonFinite : 0;
}

/** Undefined where there is no run yet. Throws CliError where there is another. */
async function findStored(folder: string, { name, spec }: SweepRun): Promise<TrainingCheckpoint | undefined> {
  if (!existsSync(join(folder, checkpointName))) return undefined;
  const { resume } = await openStoredRun(folder);
  if (JSON.stringify(resume.spec) === JSON.stringify(spec)) return resume;
  throw new CliError(
    `${folder}: It holds a run of another specification than "${name}" of this sweep. Give another --out, or remove it.`,
  );
}
