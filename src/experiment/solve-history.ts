/** How an eigenvalue solve came to its result, step by step, in arrays that files hold well. */

export interface SolveStep {
  readonly products: number;
  /** The wanted Ritz values, largest first, then smallest first, and estimates of their residuals over the largest |λ|. */
  readonly ritzValues: Float64Array;
  readonly residuals: Float64Array;
  readonly converged: number;
  readonly elapsedMs: number;
}

/** One entry a step; the pairs of all steps one after another. */
export interface SolveHistory {
  readonly products: Float64Array;
  readonly converged: Float64Array;
  readonly elapsedMs: Float64Array;
  /** Pairs of each step: early ones have fewer. */
  readonly pairs: Float64Array;
  readonly ritzValues: Float64Array;
  readonly residuals: Float64Array;
}

export const packSteps = (steps: readonly SolveStep[]): SolveHistory => ({
  products: Float64Array.from(steps, ({ products }) => products),
  converged: Float64Array.from(steps, ({ converged }) => converged),
  elapsedMs: Float64Array.from(steps, ({ elapsedMs }) => elapsedMs),
  pairs: Float64Array.from(steps, ({ ritzValues }) => ritzValues.length),
  ritzValues: Float64Array.from(steps.flatMap(({ ritzValues }) => [...ritzValues])),
  residuals: Float64Array.from(steps.flatMap(({ residuals }) => [...residuals])),
});

export function unpackSteps({
  products,
  converged,
  elapsedMs,
  pairs,
  ritzValues,
  residuals,
}: SolveHistory): SolveStep[] {
  let start = 0;
  return Array.from(products, (count, index) => {
    const end = start + pairs[index];
    const step = {
      products: count,
      ritzValues: ritzValues.slice(start, end),
      residuals: residuals.slice(start, end),
      converged: converged[index],
      elapsedMs: elapsedMs[index],
    };
    start = end;
    return step;
  });
}

/** Whether its arrays belong together. */
export function isWholeHistory({
  products,
  converged,
  elapsedMs,
  pairs,
  ritzValues,
  residuals,
}: SolveHistory): boolean {
  const total = pairs.reduce((sum, count) => sum + count, 0);
  return (
    [converged, elapsedMs, pairs].every(({ length }) => length === products.length) &&
    pairs.every((count) => Number.isInteger(count) && count >= 0) &&
    ritzValues.length === total &&
    residuals.length === total
  );
}
