/** One range of values for several grids: they are drawn on one scale, and one colour stands for one value. */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import { type Metric, metricAt } from "./metric.ts";

export interface Extremes {
  readonly min: number;
  readonly max: number;
}

/** Extremes of the finite measured values; null without any. */
export function extremesOf(grids: Iterable<ProgressiveGrid>, metric: Metric): Extremes | null {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const grid of grids) {
    for (let cell = 0; cell < grid.size; cell++) {
      if (!grid.measured[cell]) continue;
      const value = metricAt(grid, metric, cell);
      if (!Number.isFinite(value)) continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return min <= max ? { min, max } : null;
}
