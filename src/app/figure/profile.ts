/** The cut through a surface along α, at the row nearest to β = 0. */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import { type Metric, metricAt } from "./metric.ts";

export interface Profile {
  readonly row: number;
  readonly beta: number;
  /** Values in the order of α; NaN where nothing is measured. */
  readonly values: readonly number[];
}

function centreRow({ beta }: Pick<ProgressiveGrid, "beta">): number {
  let nearest = 0;
  beta.forEach((value, row) => {
    if (Math.abs(value) < Math.abs(beta[nearest])) nearest = row;
  });
  return nearest;
}

export function profileOf(grid: ProgressiveGrid, metric: Metric): Profile {
  const row = centreRow(grid);
  const values = Array.from(grid.alpha, (_, column) => {
    const cell = row * grid.columns + column;
    return grid.measured[cell] ? metricAt(grid, metric, cell) : Number.NaN;
  });
  return { row, beta: grid.beta[row], values };
}
