/** What is measured after each epoch of training, and its table, metrics.csv. */
import { formatTable, parseTable } from "./csv.ts";

export interface EpochMetrics {
  /** Epochs completed, from 1. */
  readonly epoch: number;
  /** Steps taken. */
  readonly step: number;
  readonly learningRate: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Training time so far without pauses. */
  readonly elapsedMs: number;
}

const columns = [
  "epoch",
  "step",
  "learningRate",
  "trainLoss",
  "trainAccuracy",
  "testLoss",
  "testAccuracy",
  "elapsedMs",
] as const satisfies readonly (keyof EpochMetrics)[];

export function metricsToCsv(epochs: readonly EpochMetrics[]): string {
  return formatTable(
    columns,
    epochs.map((metrics) => columns.map((column) => metrics[column])),
  );
}

/** `where` names the file. Throws ResultFileError. */
export function metricsFromCsv(text: string, where = "metrics.csv"): EpochMetrics[] {
  return parseTable(text, columns, where).map(
    ([epoch, step, learningRate, trainLoss, trainAccuracy, testLoss, testAccuracy, elapsedMs]) => ({
      epoch,
      step,
      learningRate,
      trainLoss,
      trainAccuracy,
      testLoss,
      testAccuracy,
      elapsedMs,
    }),
  );
}
