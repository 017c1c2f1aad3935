/**
 * Finer samples of a grid: linear, or a Catmull–Rom spline held between the two values it runs between. Separable, rows
 * first; written into one channel of an RGBA array, which is what a texture wants.
 */

/** Samples per side of `count` values with `factor` intervals in each of theirs. */
export function refinedCount(count: number, factor: number): number {
  return (count - 1) * factor + 1;
}

export interface RefineOptions {
  readonly columns: number;
  readonly rows: number;
  readonly factor: number;
  readonly curved: boolean;
}

export function refineInto(
  texels: Float32Array,
  channel: number,
  source: ArrayLike<number>,
  { columns, rows, factor, curved }: RefineOptions,
): void {
  const fineColumns = refinedCount(columns, factor);
  const along = new Float32Array(fineColumns * rows);
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    for (let column = 0; column + 1 < columns; column++) {
      const b = source[from + column];
      const c = source[from + column + 1];
      const a = column > 0 ? source[from + column - 1] : 2 * b - c;
      const d = column + 2 < columns ? source[from + column + 2] : 2 * c - b;
      const to = row * fineColumns + column * factor;
      for (let part = 0; part < factor; part++) along[to + part] = between(a, b, c, d, part / factor, curved);
    }
    along[(row + 1) * fineColumns - 1] = source[from + columns - 1];
  }
  const stride = fineColumns * 4;
  for (let row = 0; row + 1 < rows; row++) {
    const low = row * fineColumns;
    for (let part = 0; part < factor; part++) {
      let to = (row * factor + part) * stride + channel;
      for (let column = 0; column < fineColumns; column++, to += 4) {
        const b = along[low + column];
        const c = along[low + fineColumns + column];
        const a = row > 0 ? along[low - fineColumns + column] : 2 * b - c;
        const d = row + 2 < rows ? along[low + 2 * fineColumns + column] : 2 * c - b;
        texels[to] = between(a, b, c, d, part / factor, curved);
      }
    }
  }
  const lastLine = (rows - 1) * fineColumns;
  const lastRow = (refinedCount(rows, factor) - 1) * stride + channel;
  for (let column = 0; column < fineColumns; column++) texels[lastRow + column * 4] = along[lastLine + column];
}

/** The value at `t` of the way from b to c, with a before and d after them. */
function between(a: number, b: number, c: number, d: number, t: number, curved: boolean): number {
  if (!curved) return b + (c - b) * t;
  const value = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  return Math.min(Math.max(value, Math.min(b, c)), Math.max(b, c));
}
