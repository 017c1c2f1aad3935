import { expect, test } from "vitest";
import { isWholeHistory, packSteps, unpackSteps } from "../../src/experiment/solve-history.ts";

const steps = [
  { products: 2, ritzValues: Float64Array.of(), residuals: Float64Array.of(), converged: 0, elapsedMs: 1 },
  { products: 4, ritzValues: Float64Array.of(3), residuals: Float64Array.of(Number.NaN), converged: 0, elapsedMs: 2.5 },
  {
    products: 6,
    ritzValues: Float64Array.of(3, -1),
    residuals: Float64Array.of(1e-4, 0.1),
    converged: 1,
    elapsedMs: 4,
  },
];

test("steps of any number of pairs come back", () => {
  expect(unpackSteps(packSteps(steps))).toEqual(steps);
  expect(unpackSteps(packSteps([]))).toEqual([]);
});

test("arrays that do not belong together are told", () => {
  const history = packSteps(steps);
  expect(isWholeHistory(history)).toBe(true);
  expect(isWholeHistory({ ...history, residuals: history.residuals.slice(1) })).toBe(false);
  expect(isWholeHistory({ ...history, converged: Float64Array.of(1) })).toBe(false);
  expect(isWholeHistory({ ...history, pairs: Float64Array.of(1.5, 1.5, 0) })).toBe(false);
});
