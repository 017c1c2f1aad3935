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

/** A·Bᵀ, four columns at a time so that each number of A is read once for four products. */
function addProductsOfRows(sums: Float64Array, a: Float64Array, b: Float64Array, units: number): void {
  const width = a.length / units;
  const whole = units - (units % 4);
  for (let j = 0; j < whole; j += 4) {
    const [b0, b1, b2, b3] = [j * width, (j + 1) * width, (j + 2) * width, (j + 3) * width];
    for (let i = 0; i < units; i++) {
      const row = i * width;
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let k = 0; k < width; k++) {
        const value = a[row + k];
        s0 += value * b[b0 + k];
        s1 += value * b[b1 + k];
        s2 += value * b[b2 + k];
        s3 += value * b[b3 + k];
      }
      const place = i * units + j;
      sums[place] += s0;
      sums[place + 1] += s1;
      sums[place + 2] += s2;
      sums[place + 3] += s3;
    }
  }
  for (let j = whole; j < units; j++) {
    for (let i = 0; i < units; i++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += a[i * width + k] * b[j * width + k];
      sums[i * units + j] += sum;
    }
  }
}
