/**
 * A surface ready to draw: scaled values on a grid finer than the measured one, with what is measured and what is not
 * finite beside them. Between measured points it is a Catmull–Rom spline held between its neighbours, so drawing
 * invents no minimum or maximum. Picking, contours, the map and the shader all read this one grid.
 */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import { fillUnknown } from "./fill.ts";
import { type Metric, metricAt } from "./metric.ts";
import { refinedCount, refineInto } from "./refine-grid.ts";
import { resolveScale, type ScaleChoice, type ScaleKind, toScale } from "./value-scale.ts";

/** About as many vertices along the longer side as a figure on a screen can show. */
const targetVertices = 200;
const texelChannels = 4;

export interface DisplayGrid {
  readonly columns: number;
  readonly rows: number;
  /** Display intervals per measured interval. */
  readonly factor: number;
  readonly kind: ScaleKind;
  /** RGBA per vertex, row-major: scaled value; 1 where measured; 1 where the measured value is not finite; 0. */
  readonly texels: Float32Array<ArrayBuffer>;
  readonly channels: number;
  /** Extremes of the finite measured values, in the metric's units; NaN without any. */
  readonly min: number;
  readonly max: number;
  /** Measured cell of the smallest finite value, −1 without any. */
  readonly minCell: number;
  readonly maxCell: number;
  readonly nonFiniteCount: number;
}

export function displayFactor(columns: number, rows: number): number {
  return Math.min(8, Math.max(1, Math.floor(targetVertices / Math.max(columns - 1, rows - 1, 1))));
}

export function buildDisplayGrid(grid: ProgressiveGrid, metric: Metric, choice: ScaleChoice): DisplayGrid {
  const { columns, rows } = grid;
  const extremes = findExtremes(grid, metric);
  const kind = resolveScale(choice, extremes.min, extremes.max);
  const ceiling = extremes.maxCell < 0 ? 0 : toScale(extremes.max, kind);
  const scaled = new Float64Array(grid.size);
  const voids = new Uint8Array(grid.size);
  for (let cell = 0; cell < grid.size; cell++) {
    if (!grid.measured[cell]) continue;
    const value = metricAt(grid, metric, cell);
    voids[cell] = Number.isFinite(value) ? 0 : 1;
    scaled[cell] = Number.isFinite(value) ? toScale(value, kind) : ceiling;
  }
  fillUnknown(scaled, grid.measured, columns, rows);
  // Of nothing measured there is nothing to be smooth.
  const factor = grid.measuredCount === 0 ? 1 : displayFactor(columns, rows);
  const fineColumns = refinedCount(columns, factor);
  const fineRows = refinedCount(rows, factor);
  const texels = new Float32Array(fineColumns * fineRows * texelChannels);
  const shape = { columns, rows, factor };
  refineInto(texels, 0, scaled, { ...shape, curved: true });
  refineInto(texels, 1, grid.measured, { ...shape, curved: false });
  if (extremes.nonFiniteCount > 0) refineInto(texels, 2, voids, { ...shape, curved: false });
  return { columns: fineColumns, rows: fineRows, factor, kind, texels, channels: texelChannels, ...extremes };
}

function findExtremes(grid: ProgressiveGrid, metric: Metric) {
  let minCell = -1;
  let maxCell = -1;
  let min = Number.NaN;
  let max = Number.NaN;
  let nonFiniteCount = 0;
  for (let cell = 0; cell < grid.size; cell++) {
    if (!grid.measured[cell]) continue;
    const value = metricAt(grid, metric, cell);
    if (!Number.isFinite(value)) nonFiniteCount += 1;
    else {
      if (minCell < 0 || value < min) [minCell, min] = [cell, value];
      if (maxCell < 0 || value > max) [maxCell, max] = [cell, value];
    }
  }
  return { min, max, minCell, maxCell, nonFiniteCount };
}
