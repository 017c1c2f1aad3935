/** The lowest point of a measured grid. */
import type { SurfaceValues } from "./surface.ts";

export interface GridPoint {
  readonly column: number;
  readonly row: number;
  readonly alpha: number;
  readonly beta: number;
  readonly loss: number;
}

/** The cell of least finite loss, the first of them in row-major order; null where none is measured. */
export function findMinimum({ columns, alpha, beta, loss, measured }: SurfaceValues): GridPoint | null {
  let lowest = -1;
  for (let cell = 0; cell < loss.length; cell++) {
    if (!measured[cell] || !Number.isFinite(loss[cell])) continue;
    if (lowest === -1 || loss[cell] < loss[lowest]) lowest = cell;
  }
  if (lowest === -1) return null;
  const column = lowest % columns;
  const row = Math.floor(lowest / columns);
  return { column, row, alpha: alpha[column], beta: beta[row], loss: loss[lowest] };
}
