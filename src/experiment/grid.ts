/**
 * The points of a surface's grid, and the order in which they are measured: coarse over the whole extent, then finer. The
 * page and the jobs share it.
 */

export interface GridAxis {
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** Equidistant values from min to max; symmetric about 0 to the last bit where the range is, with an exact 0 in the middle. */
export function axisValues({ min, max, count }: GridAxis): Float64Array {
  if (count === 1) return Float64Array.of((min + max) / 2);
  return Float64Array.from({ length: count }, (_, i) => (min * (count - 1 - i) + max * i) / (count - 1));
}

/**
 * Indices of an axis, coarsest first: the ends and the middle, then each time those before and the middles of their gaps,
 * until all are there. Any count will do.
 */
export function lattices(count: number): Int32Array[] {
  const levels = [Int32Array.from(new Set([0, Math.floor((count - 1) / 2), count - 1]))];
  for (let known = levels[0]; known.length < count; known = levels[levels.length - 1]) {
    const finer: number[] = [];
    known.forEach((index, i) => {
      finer.push(index);
      const middle = Math.floor((index + (known[i + 1] ?? index)) / 2);
      if (middle !== index) finer.push(middle);
    });
    levels.push(Int32Array.from(finer));
  }
  return levels;
}

/** For every index the pass in which it comes: that of the coarsest lattice that has it. */
export function refinementPasses(count: number): Uint8Array {
  const passes = new Uint8Array(count);
  const levels = lattices(count);
  for (let pass = levels.length - 1; pass >= 0; pass--) for (const index of levels[pass]) passes[index] = pass;
  return passes;
}

/**
 * All cells of a grid (row-major, rows slow), coarse to fine: a cell comes in the later of its row's and its column's
 * pass. The first cell is the one nearest the middle; within a pass cells run row by row.
 */
export function coarseToFine(columns: number, rows: number): Uint32Array {
  const [byColumn, byRow] = [refinementPasses(columns), refinementPasses(rows)];
  const passes = Math.max(...byColumn, ...byRow) + 1;
  const middle = Math.floor((rows - 1) / 2) * columns + Math.floor((columns - 1) / 2);
  const order = [middle];
  for (let pass = 0; pass < passes; pass++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const cell = row * columns + column;
        if (Math.max(byRow[row], byColumn[column]) === pass && cell !== middle) order.push(cell);
      }
    }
  }
  return Uint32Array.from(order);
}
