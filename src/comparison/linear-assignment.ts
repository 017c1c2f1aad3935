/**
 * The assignment of rows to columns with the largest sum: the Hungarian method with shortest augmenting paths (Jonker &
 * Volgenant 1987), O(n³) and exact up to rounding. The package linear-sum-assignment is exact too, and took four times as
 * long at n = 512.
 */

/** For every row its column. `gain` is [n, n], row-major and finite; throws RangeError otherwise. */
export function assignLargest(gain: Float64Array, n: number): Int32Array {
  if (gain.length !== n * n) throw new RangeError(`${gain.length} gains for ${n} rows and columns.`);
  if (!gain.every(Number.isFinite)) throw new RangeError("A gain is not finite.");
  const rowPrice = new Float64Array(n);
  const columnPrice = new Float64Array(n);
  const rowOf = new Int32Array(n).fill(-1);
  for (let row = 0; row < n; row++) augment(gain, n, row, { rowPrice, columnPrice, rowOf });
  const columnOf = new Int32Array(n);
  rowOf.forEach((row, column) => {
    columnOf[row] = column;
  });
  return columnOf;
}

interface Matching {
  /** Dual prices: cost − row price − column price ≥ 0 everywhere, and = 0 on what is matched. */
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
  /** −1 for a column not yet matched. */
  readonly rowOf: Int32Array;
}

/** Matches one more row along the shortest alternating path from it to a free column. The cost is −gain. */
function augment(gain: Float64Array, n: number, start: number, { rowPrice, columnPrice, rowOf }: Matching): void {
  const distance = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const previousRow = new Int32Array(n);
  const isDone = new Uint8Array(n);
  const doneColumns: number[] = [];
  let row = start;
  let reached = 0;
  let free = -1;
  while (free < 0) {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let column = 0; column < n; column++) {
      if (isDone[column]) continue;
      const through = reached - gain[row * n + column] - rowPrice[row] - columnPrice[column];
      if (through < distance[column]) {
        distance[column] = through;
        previousRow[column] = row;
      }
      if (distance[column] < least) {
        least = distance[column];
        nearest = column;
      }
    }
    reached = least;
    if (rowOf[nearest] < 0) {
      free = nearest;
    } else {
      isDone[nearest] = 1;
      doneColumns.push(nearest);
      row = rowOf[nearest];
    }
  }
  rowPrice[start] += reached;
  for (const column of doneColumns) {
    rowPrice[rowOf[column]] += reached - distance[column];
    columnPrice[column] -= reached - distance[column];
  }
  const columnOfRow = new Map(doneColumns.map((column) => [rowOf[column], column]));
  for (let column = free; ; ) {
    const owner = previousRow[column];
    rowOf[column] = owner;
    if (owner === start) return;
    column = columnOfRow.get(owner) as number;
  }
}
