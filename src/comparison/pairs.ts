/** Matrices over pairs of n things, [n, n] and row-major. */

export interface Pair {
  readonly i: number;
  readonly j: number;
}

/** Every pair with i < j. */
export const pairsOf = (n: number): Pair[] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n - i - 1 }, (__, k) => ({ i, j: i + 1 + k }))).flat();

/** NaN but for `diagonal`. */
export function pairMatrix(n: number, diagonal: number): Float64Array {
  const matrix = new Float64Array(n * n).fill(Number.NaN);
  for (let i = 0; i < n; i++) matrix[i * n + i] = diagonal;
  return matrix;
}

export function setBoth(matrix: Float64Array, n: number, { i, j }: Pair, value: number): void {
  matrix[i * n + j] = value;
  matrix[j * n + i] = value;
}
