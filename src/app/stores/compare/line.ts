/** The straight line between two of the compared runs, as they are and after their hidden units are matched. */
import type { ModelLine, PathBatchNorm } from "../../../experiment/comparison.ts";
import type { LineMetrics } from "../../../experiment/storage/stored-comparisons.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import { type CompareJobStore, createCompareJob } from "./job.ts";
import type { LoadedRun } from "./runs.ts";

export interface LineSubject {
  readonly from: LoadedRun;
  readonly to: LoadedRun;
  readonly points: number;
  readonly batchNorm: PathBatchNorm;
}

export type CompareLine = CompareJobStore<"line", LineSubject, LineMetrics>;

export const createCompareLine = (runner: () => JobRunner, backend: BackendChoice): CompareLine =>
  createCompareJob(
    runner,
    "line",
    ({ from, to, points, batchNorm }: LineSubject) => ({
      spec: from.source.spec,
      from: from.source.weights,
      to: to.source.weights,
      points,
      batchNorm,
      match: true,
      seed: 0,
      backend,
    }),
    metricsOfLine,
  );

/** A line's values, without the weights that the second model was matched to. */
export const metricsOfLine = ({ raw, matched, report }: ModelLine): LineMetrics => ({
  raw,
  matched: matched && { figures: matched.figures },
  report,
});
