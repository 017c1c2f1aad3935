/** Columns for the plot of a sweep's losses. */
import type { AlignedData } from "uplot";
import type { EpochMetrics } from "../../experiment/metrics.ts";

export type LossName = "trainLoss" | "testLoss";

/** Epochs; then a column a run. Null before a run is that far, and for values that a log axis has no place for. */
export function lossColumnsOf(runs: readonly (readonly EpochMetrics[])[], loss: LossName): AlignedData {
  const epochs = [...new Set(runs.flatMap((run) => run.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
  const columns = runs.map((run) => {
    const byEpoch = new Map(run.map((metrics) => [metrics.epoch, metrics[loss]]));
    return epochs.map((epoch) => {
      const value = byEpoch.get(epoch) ?? Number.NaN;
      return Number.isFinite(value) && value > 0 ? value : null;
    });
  });
  return [epochs, ...columns];
}
