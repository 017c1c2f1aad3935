/**
 * The assignment of rows to columns with the largest sum, O(n³) and exact up to rounding: column and row reduction, which match
 * most rows, then shortest augmenting paths for the rest (Jonker & Volgenant 1987). The cost is −gain.
 */

/** For every row its column. `gain` is [n, n], row-major and finite; throws RangeError otherwise. */
export function assignLargest(gain: Float64Array, n: number): Int32Array {
  if (gain.length !== n * n) throw new RangeError(`${gain.length} gains for ${n} rows and columns.`);
  if (!gain.every(Number.isFinite)) throw new RangeError("A gain is not finite.");
  const matching: Matching = {
    price: new Float64Array(n),
    columnOf: new Int32Array(n).fill(-1),
    rowOf: new Int32Array(n).fill(-1),
  };
  let free = reduceColumns(gain, n, matching);
  for (let pass = 0; pass < rowReductions && n > 1; pass++) free = reduceRows(gain, n, free, matching);
  const scratch = { distance: new Float64Array(n), previousRow: new Int32Array(n), columns: new Int32Array(n) };
  for (const row of free) augment(gain, n, row, matching, scratch);
  return matching.columnOf;
}

interface Matching {
  /** Dual price of every column: a matched row's column is its cheapest by cost − price. */
  readonly price: Float64Array;
  /** −1 for a row, or a column, not yet matched. */
  readonly columnOf: Int32Array;
  readonly rowOf: Int32Array;
}

const rowReductions = 2;

function match({ columnOf, rowOf }: Matching, row: number, column: number): void {
  columnOf[row] = column;
  rowOf[column] = row;
}

/** Prices every column at its least cost and matches it to that row, if the row is free. Returns the free rows. */
function reduceColumns(gain: Float64Array, n: number, matching: Matching): number[] {
  const { price, columnOf } = matching;
  const best = new Int32Array(n);
  price.fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const cost = -gain[row * n + column];
      if (cost < price[column]) [price[column], best[column]] = [cost, row];
    }
  }
  for (let column = 0; column < n; column++) if (columnOf[best[column]] < 0) match(matching, best[column], column);
  return freeRows(columnOf);
}

const freeRows = (columnOf: Int32Array): number[] => [...columnOf.keys()].filter((row) => columnOf[row] < 0);

/**
 * Gives every free row its cheapest column, whose price falls until its second cheapest is as good; who had it is free in turn.
 * Returns the rows still free.
 */
function reduceRows(gain: Float64Array, n: number, free: readonly number[], matching: Matching): number[] {
  const { price, rowOf, columnOf } = matching;
  // With prices that fall by rounding only, rows could take turns for ever.
  let turns = 4 * n;
  for (const start of free) {
    for (let row = start; row >= 0 && turns > 0; turns--) {
      let [cheapest, second, least, next] = [-1, -1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      const base = row * n;
      for (let column = 0; column < n; column++) {
        const cost = -gain[base + column] - price[column];
        if (cost >= next) continue;
        if (cost < least) {
          second = cheapest;
          next = least;
          cheapest = column;
          least = cost;
        } else {
          second = column;
          next = cost;
        }
      }
      const isStrict = least < next;
      if (isStrict) price[cheapest] -= next - least;
      const column = isStrict || rowOf[cheapest] < 0 ? cheapest : second;
      const owner = rowOf[column];
      match(matching, row, column);
      if (owner >= 0) columnOf[owner] = -1;
      row = isStrict ? owner : -1;
    }
  }
  return freeRows(columnOf);
}

interface Scratch {
  readonly distance: Float64Array;
  readonly previousRow: Int32Array;
  /** Those done first, then those still open. */
  readonly columns: Int32Array;
}

/** Matches one more row along the shortest alternating path from it to a free column. */
function augment(gain: Float64Array, n: number, start: number, matching: Matching, scratch: Scratch): void {
  const { price, rowOf, columnOf } = matching;
  const { distance, previousRow, columns } = scratch;
  for (let column = 0; column < n; column++) columns[column] = column;
  distance.fill(Number.POSITIVE_INFINITY);
  let [row, shift, reached, done, free] = [start, 0, 0, 0, -1];
  while (free < 0) {
    let [nearest, least] = [done, Number.POSITIVE_INFINITY];
    const base = row * n;
    for (let k = done; k < n; k++) {
      const column = columns[k];
      const through = shift - gain[base + column] - price[column];
      if (through < distance[column]) {
        distance[column] = through;
        previousRow[column] = row;
      }
      if (distance[column] < least) {
        least = distance[column];
        nearest = k;
      }
    }
    reached = least;
    const column = columns[nearest];
    if (rowOf[column] < 0) free = column;
    else {
      columns[nearest] = columns[done];
      columns[done++] = column;
      row = rowOf[column];
      // What the path has cost up to this row, less the row's own price.
      shift = reached + gain[row * n + column] + price[column];
    }
  }
  for (let k = 0; k < done; k++) price[columns[k]] += distance[columns[k]] - reached;
  for (let column = free, owner = -1; owner !== start; ) {
    owner = previousRow[column];
    const given = columnOf[owner];
    match(matching, owner, column);
    column = given;
  }
}
