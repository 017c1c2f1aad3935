/** The runs of a sweep as the page sees them, and how far they are together. */
import type { EpochMetrics } from "../../../experiment/metrics.ts";
import type { Sweep } from "../../../experiment/sweep.ts";
import { type SweepRun, sweepRuns } from "../../../experiment/sweep-runs.ts";
import type { TrainProgress } from "../training-store.ts";

export const sweepRunStatuses = [
  "waiting",
  "starting",
  "running",
  "complete",
  "cancelled",
  "non-finite",
  "failed",
] as const;
export type SweepRunStatus = (typeof sweepRunStatuses)[number];

export interface SweepItem {
  readonly run: SweepRun;
  /** Names the run in the browser's storage. */
  readonly runId: string;
  readonly status: SweepRunStatus;
  /** What went wrong, for people. */
  readonly message: string | null;
  readonly progress: TrainProgress | null;
  /** Loss of the last step reported; null before any. */
  readonly batchLoss: number | null;
  readonly epochs: readonly EpochMetrics[];
  /** Work of the whole run; null until it is estimated. */
  readonly flop: number | null;
}

export const newItems = (
  sweep: Sweep,
  runIdOf: (index: number) => string,
  flops: readonly number[] | null,
): SweepItem[] =>
  sweepRuns(sweep).map((run, index) => ({
    run,
    runId: runIdOf(index),
    status: "waiting",
    message: null,
    progress: null,
    batchLoss: null,
    epochs: [],
    flop: flops?.[index] ?? null,
  }));

export const isTraining = ({ status }: SweepItem): boolean => status === "starting" || status === "running";
export const isOpen = (item: SweepItem): boolean => item.status === "waiting" || isTraining(item);
/** It may be tried again: a loss that is not finite would come again. */
export const canRetry = ({ status }: SweepItem): boolean => status === "cancelled" || status === "failed";

export interface SweepProgress {
  readonly ended: number;
  readonly count: number;
  /** Fraction done, from 0 to 1, by work where it is known. */
  readonly fraction: number;
  /** Null while the pace or the work is not known. */
  readonly etaSeconds: number | null;
}

export function sweepProgress(items: readonly SweepItem[]): SweepProgress {
  const isWorkKnown = items.every(({ flop }) => flop !== null && flop > 0);
  const workOf = ({ flop }: SweepItem) => (isWorkKnown ? (flop ?? 0) : 1);
  const shareOf = (item: SweepItem) => {
    if (!isOpen(item)) return 1;
    return item.progress && item.progress.steps > 0 ? item.progress.step / item.progress.steps : 0;
  };
  const total = items.reduce((sum, item) => sum + workOf(item), 0);
  const done = items.reduce((sum, item) => sum + workOf(item) * shareOf(item), 0);
  const current = items.find(({ status }) => status === "running")?.progress;
  const flopPerSecond = (current?.gflopPerSecond ?? 0) * 1e9;
  return {
    ended: items.filter((item) => !isOpen(item)).length,
    count: items.length,
    fraction: total > 0 ? done / total : 0,
    etaSeconds: isWorkKnown && flopPerSecond > 0 ? (total - done) / flopPerSecond : null,
  };
}
