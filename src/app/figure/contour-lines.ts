/**
 * Contour lines by marching squares (Lorensen and Cline's squares, with the saddle decided by the cell's mean): line
 * segments, unconnected. Each cell is visited once and only for the levels that cross it, which for live drawing is ten
 * times as fast as tracing closed rings level by level.
 */

/** Values on a scale at the vertices of a grid, row-major. */
export interface ScaledField {
  readonly columns: number;
  readonly rows: number;
  readonly texels: Float32Array;
  /** Numbers a vertex, the value first. */
  readonly channels: number;
}

/** Called with the ends of a segment in vertex coordinates, and the level's position in `levels`. */
export type SegmentVisitor = (x0: number, y0: number, x1: number, y1: number, level: number) => void;

/** `levels` ascending, on the field's scale. Cells with a value that is not a number have no contours. */
export function traceContours(
  { columns, rows, texels, channels }: ScaledField,
  levels: readonly number[],
  visit: SegmentVisitor,
): void {
  if (levels.length === 0) return;
  const value = (column: number, row: number) => texels[(row * columns + column) * channels];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const a = value(column, row);
      const b = value(column + 1, row);
      const c = value(column + 1, row + 1);
      const d = value(column, row + 1);
      const low = Math.min(a, b, c, d);
      const high = Math.max(a, b, c, d);
      for (let level = firstAbove(levels, low); level < levels.length && levels[level] <= high; level++) {
        traceCell(a, b, c, d, levels[level], (x0, y0, x1, y1) =>
          visit(column + x0, row + y0, column + x1, row + y1, level),
        );
      }
    }
  }
}

/** Position of the first level above `low`: a level equal to a cell's lowest corner does not cross it. */
function firstAbove(levels: readonly number[], low: number): number {
  let [from, to] = [0, levels.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (levels[middle] > low) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Corners counter-clockwise from (0, 0). */
function traceCell(
  a: number,
  b: number,
  c: number,
  d: number,
  level: number,
  visit: (x0: number, y0: number, x1: number, y1: number) => void,
): void {
  const bottom = (level - a) / (b - a);
  const right = (level - b) / (c - b);
  const top = (level - d) / (c - d);
  const left = (level - a) / (d - a);
  const inside = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
  const centreInside = (a + b + c + d) / 4 >= level;
  switch (inside) {
    case 1:
    case 14:
      visit(0, left, bottom, 0);
      break;
    case 2:
    case 13:
      visit(bottom, 0, 1, right);
      break;
    case 3:
    case 12:
      visit(0, left, 1, right);
      break;
    case 4:
    case 11:
      visit(1, right, top, 1);
      break;
    case 6:
    case 9:
      visit(bottom, 0, top, 1);
      break;
    case 7:
    case 8:
      visit(0, left, top, 1);
      break;
    case 5:
    case 10: {
      // Two opposite corners: they are joined through the middle, or parted by it.
      const joined = (inside === 5) === centreInside;
      visit(0, left, joined ? top : bottom, joined ? 1 : 0);
      visit(1, right, joined ? bottom : top, joined ? 0 : 1);
    }
  }
}
