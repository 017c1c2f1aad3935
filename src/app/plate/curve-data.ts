/** Columns for the plots: batch losses thinned and smoothed, and the figures after every epoch, over common steps. */
import type { AlignedData } from "uplot";
import type { EpochMetrics } from "../../experiment/metrics.ts";
import { smoothed, thinIndices } from "../chart/smoothing.ts";
import type { LossRecord } from "../stores/loss-record.ts";

const maximumPoints = 1200;

/** Steps; batch loss; smoothed batch loss; training loss; test loss. Null where a column has no value. */
export function lossColumns(losses: LossRecord, epochs: readonly EpochMetrics[], smoothing: number): AlignedData {
  const raw = losses.values;
  const soft = smoothed(raw, smoothing);
  const picked = thinIndices(raw.length, maximumPoints);
  const atStep = new Map<number, (number | null)[]>();
  for (const index of picked) atStep.set(index + 1, [drawable(raw[index]), drawable(soft[index]), null, null]);
  for (const { step, trainLoss, testLoss } of epochs) {
    const [batch, mean] = atStep.get(step) ?? [null, null];
    atStep.set(step, [batch, mean, drawable(trainLoss), drawable(testLoss)]);
  }
  const ordered = [...atStep].sort(([a], [b]) => a - b);
  return [
    ordered.map(([step]) => step),
    ...[0, 1, 2, 3].map((column) => ordered.map(([, values]) => values[column])),
  ] as AlignedData;
}

/** Steps; training accuracy; test accuracy. */
export function accuracyColumns(epochs: readonly EpochMetrics[]): AlignedData {
  return [
    epochs.map(({ step }) => step),
    epochs.map(({ trainAccuracy }) => trainAccuracy),
    epochs.map(({ testAccuracy }) => testAccuracy),
  ];
}

/** The log axis has no place for zero and below. */
function drawable(value: number): number | null {
  return Number.isFinite(value) && value > 0 ? value : null;
}
