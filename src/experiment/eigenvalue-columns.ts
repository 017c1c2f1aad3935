/** Eigenvalues as columns of a table: eigenvalue1, the largest, eigenvalue2, …. */

export const eigenvalueColumns = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `eigenvalue${i + 1}`);

/** Null where there are fewer. */
export const eigenvalueCells = (eigenvalues: Float64Array, count: number): (number | null)[] =>
  Array.from({ length: count }, (_, i) => eigenvalues[i] ?? null);
