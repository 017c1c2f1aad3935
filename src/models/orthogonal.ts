/** Random orthogonal matrices (Saxe et al. 2014): a normal matrix, its rows made orthonormal. */

/**
 * Makes the rows of a row-major [rows, columns] matrix orthonormal in place, rows ≤ columns, by modified Gram-Schmidt;
 * the first row keeps its direction. Rows must be independent, as normal draws are.
 */
export function orthonormalizeRows(matrix: Float64Array, rows: number, columns: number): void {
  const row = (i: number) => matrix.subarray(i * columns, (i + 1) * columns);
  for (let i = 0; i < rows; i++) {
    const current = row(i);
    const scale = 1 / Math.sqrt(dot(current, current));
    for (let k = 0; k < columns; k++) current[k] *= scale;
    for (let j = i + 1; j < rows; j++) {
      const other = row(j);
      const projection = dot(current, other);
      for (let k = 0; k < columns; k++) other[k] -= projection * current[k];
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
