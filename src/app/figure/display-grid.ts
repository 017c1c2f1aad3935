/**
 * A surface ready to draw: scaled values on a grid finer than the measured one, with what is measured and what is not
 * finite beside them. Between measured points it is a Catmull–Rom spline held between its neighbours, so drawing
 * invents no minimum or maximum. Picking, contours, the map and the shader all read this one grid.
 */
import { fillUnknown } from "./fill.ts";
import { type Metric, metricAt } from "./metric.ts";
import type { ProgressiveGrid } from "./progressive-grid.ts";
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
  const voids = new Float64Array(grid.size);
  const measured = Float64Array.from(grid.measured);
  for (let cell = 0; cell < grid.size; cell++) {
    if (!grid.measured[cell]) continue;
    const value = metricAt(grid, metric, cell);
    voids[cell] = Number.isFinite(value) ? 0 : 1;
    scaled[cell] = Number.isFinite(value) ? toScale(value, kind) : ceiling;
  }
  fillUnknown(scaled, grid.measured, columns, rows);
  const factor = displayFactor(columns, rows);
  const fineColumns = (columns - 1) * factor + 1;
  const fineRows = rows === 1 ? 1 : (rows - 1) * factor + 1;
  const texels = new Float32Array(fineColumns * fineRows * texelChannels);
  const place = (source: Float64Array, channel: number, curved: boolean) => {
    const fine = refine(source, columns, rows, factor, curved);
    for (let vertex = 0; vertex < fine.length; vertex++) texels[vertex * texelChannels + channel] = fine[vertex];
  };
  place(scaled, 0, true);
  place(measured, 1, false);
  if (extremes.nonFiniteCount > 0) place(voids, 2, false);
  return { columns: fineColumns, rows: fineRows, factor, kind, texels, ...extremes };
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

/** Separable refinement by `factor`: linear, or Catmull–Rom clamped to the two values it runs between. */
function refine(source: Float64Array, columns: number, rows: number, factor: number, curved: boolean): Float64Array {
  const along = refineRows(source, columns, rows, factor, curved);
  if (rows === 1) return along;
  const fineColumns = (columns - 1) * factor + 1;
  const turned = transpose(along, fineColumns, rows);
  const both = refineRows(turned, rows, fineColumns, factor, curved);
  return transpose(both, (rows - 1) * factor + 1, fineColumns);
}

function refineRows(
  source: Float64Array,
  columns: number,
  rows: number,
  factor: number,
  curved: boolean,
): Float64Array {
  const fineColumns = (columns - 1) * factor + 1;
  const result = new Float64Array(fineColumns * rows);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    const to = row * fineColumns;
    for (let column = 0; column + 1 < columns; column++) {
      const b = source[from + column];
      const c = source[from + column + 1];
      const a = column > 0 ? source[from + column - 1] : 2 * b - c;
      const d = column + 2 < columns ? source[from + column + 2] : 2 * c - b;
      result[to + column * factor] = b;
      for (let part = 1; part < factor; part++) {
        const t = part / factor;
        result[to + column * factor + part] = curved ? clampedSpline(a, b, c, d, t) : b + (c - b) * t;
      }
    }
    result[to + fineColumns - 1] = source[from + columns - 1];
  }
  return result;
}

function clampedSpline(a: number, b: number, c: number, d: number, t: number): number {
  const value = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  return Math.min(Math.max(value, Math.min(b, c)), Math.max(b, c));
}

function transpose(source: Float64Array, columns: number, rows: number): Float64Array {
  const result = new Float64Array(source.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) result[column * rows + row] = source[row * columns + column];
  }
  return result;
}
