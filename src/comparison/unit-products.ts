/** Inner products of the units of two tensors along one axis. */
import { elementCount, type Shape } from "../tensor/program.ts";

/** Adds to `sums` [n, n] at (i, j) the inner product of slice i of `a` and slice j of `b`; both are of `shape`. */
export function addUnitProducts(
  sums: Float64Array,
  a: Float32Array,
  b: Float32Array,
  shape: Shape,
  axis: number,
): void {
  const units = shape[axis];
  addProductsOfRows(sums, rowsOf(a, shape, axis), rowsOf(b, shape, axis), units);
}

/** The tensor as a matrix with a row for every unit. */
function rowsOf(tensor: Float32Array, shape: Shape, axis: number): Float64Array {
  const units = shape[axis];
  const after = elementCount(shape.slice(axis + 1));
  const before = elementCount(shape.slice(0, axis));
  const rows = new Float64Array(tensor.length);
  let k = 0;
  for (let outer = 0; outer < before; outer++) {
    for (let unit = 0; unit < units; unit++) {
      const row = (unit * before + outer) * after;
      for (let inner = 0; inner < after; inner++) rows[row + inner] = tensor[k++];
    }
  }
  return rows;
}

/** A·Bᵀ in pieces that a processor's cache holds, two rows by four at a time. */
function addProductsOfRows(sums: Float64Array, a: Float64Array, b: Float64Array, units: number): void {
  const width = a.length / units;
  const [wholeRows, wholeColumns] = [units - (units % 2), units - (units % 4)];
  for (let start = 0; start < width; start += pieceLength) {
    const length = Math.min(pieceLength, width - start);
    for (let j = 0; j < wholeColumns; j += 4) {
      const b0 = j * width + start;
      for (let i = 0; i < wholeRows; i += 2)
        addBlock(sums, i * units + j, units, a, i * width + start, b, b0, width, length);
    }
  }
  for (let i = 0; i < units; i++) {
    for (let j = i < wholeRows ? wholeColumns : 0; j < units; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += a[i * width + k] * b[j * width + k];
      sums[i * units + j] += sum;
    }
  }
}

const pieceLength = 512;

/** Two rows of A from `a0` on times four of B from `b0` on, over `length` numbers. */
function addBlock(
  sums: Float64Array,
  place: number,
  units: number,
  a: Float64Array,
  a0: number,
  b: Float64Array,
  b0: number,
  width: number,
  length: number,
): void {
  const [a1, b1, b2, b3] = [a0 + width, b0 + width, b0 + 2 * width, b0 + 3 * width];
  let [s0, s1, s2, s3, t0, t1, t2, t3] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < length; k++) {
    const [x, y] = [a[a0 + k], a[a1 + k]];
    const [u0, u1, u2, u3] = [b[b0 + k], b[b1 + k], b[b2 + k], b[b3 + k]];
    s0 += x * u0;
    s1 += x * u1;
    s2 += x * u2;
    s3 += x * u3;
    t0 += y * u0;
    t1 += y * u1;
    t2 += y * u2;
    t3 += y * u3;
  }
  sums[place] += s0;
  sums[place + 1] += s1;
  sums[place + 2] += s2;
  sums[place + 3] += s3;
  sums[place + units] += t0;
  sums[place + units + 1] += t1;
  sums[place + units + 2] += t2;
  sums[place + units + 3] += t3;
}
