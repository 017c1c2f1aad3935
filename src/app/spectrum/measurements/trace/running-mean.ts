/** The mean of the first n values, for every n, with its standard error. */
import type { ProbeMean } from "../../../../experiment/curvature.ts";

/** Means so far by Welford's updates; the first has no standard error. */
export function runningMeans(values: readonly number[]): ProbeMean[] {
  let mean = 0;
  let squares = 0;
  return values.map((value, index) => {
    const count = index + 1;
    const deviation = value - mean;
    mean += deviation / count;
    squares += deviation * (value - mean);
    return { mean, standardError: count > 1 ? Math.sqrt(squares / (count - 1) / count) : Number.NaN };
  });
}
