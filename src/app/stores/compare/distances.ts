/** How far the compared runs lie from one another. */
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import { runTitle } from "../../figure/run-words.ts";
import { type CompareJobStore, createCompareJob } from "./job.ts";
import type { LoadedRun } from "./runs.ts";

export interface DistancesSubject {
  readonly runs: readonly LoadedRun[];
  /** Whether distances after matching hidden units are measured too. */
  readonly matched: boolean;
}

export type CompareDistances = CompareJobStore<"distances", DistancesSubject>;

export const createCompareDistances = (runner: () => JobRunner, backend: BackendChoice): CompareDistances =>
  createCompareJob(
    runner,
    "distances",
    ({ runs, matched }: DistancesSubject) => ({
      models: runs.map(({ record, source: { spec, weights } }) => ({ label: runTitle(record), spec, weights })),
      data: runs[0].source.spec.data,
      subset: "test",
      matched,
      seed: 0,
      backend,
    }),
    (distances) => distances,
  );
