import { afterAll, expect, test } from "vitest";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { CurvatureError } from "../../../src/curvature/curvature-error.ts";
import { lanczos } from "../../../src/curvature/solvers/lanczos.ts";
import { type PowerIterationOptions, powerIteration } from "../../../src/curvature/solvers/power-iteration.ts";
import { denseOperator, normOf, timesVector, withSpectrum } from "../dense.ts";

const backend = createReferenceBackend();
afterAll(() => backend.dispose());

const values = [10, -8, 6, 4, ...Array.from({ length: 56 }, (_, i) => 1 / (i + 1))];
const rows = withSpectrum(values, 6);
const options: PowerIterationOptions = { count: 4, stopBy: "residual", tolerance: 1e-4, seed: 2, maxProducts: 2000 };

test("finds eigenvalues by magnitude, with true residuals", async () => {
  const operator = await denseOperator(backend, rows);
  const result = await powerIteration(operator, options);
  expect(result.status).toBe("converged");
  [10, -8, 6, 4].forEach((value, i) => {
    expect(result.values[i]).toBeCloseTo(value, 5);
    const residual = timesVector(rows, result.vectors[i]).map((x, j) => x - result.values[i] * result.vectors[i][j]);
    expect(Math.abs(normOf(residual) - result.residuals[i])).toBeLessThan(1e-5);
    expect(result.relativeResiduals[i]).toBeLessThanOrEqual(1e-4);
  });
  operator.dispose();
});

test("stopped by the change of λ leaves residuals above it, and takes more products than Lanczos", async () => {
  const operator = await denseOperator(backend, rows);
  const result = await powerIteration(operator, { ...options, stopBy: "change", tolerance: 1e-3 });
  expect(Math.max(...result.relativeResiduals)).toBeGreaterThan(1e-3);
  const power = await powerIteration(operator, options);
  const krylov = await lanczos(operator, { ...options, top: 3, bottom: 1, memoryBytes: 1e8 });
  expect(krylov.products).toBeLessThan(power.products);
  operator.dispose();
});

test("can be cancelled, runs out of products, and refuses what cannot be", async () => {
  const operator = await denseOperator(backend, rows);
  const cancelled = await powerIteration(operator, { ...options, signal: AbortSignal.abort() });
  expect([cancelled.status, cancelled.products]).toEqual(["cancelled", 0]);
  const starved = await powerIteration(operator, { ...options, maxProducts: 5 });
  expect([starved.status, starved.products]).toEqual(["max-steps", 5]);
  for (const wrong of [{ count: 0 }, { count: 61 }, { tolerance: 0 }, { tolerance: Number.NaN }]) {
    await expect(powerIteration(operator, { ...options, ...wrong })).rejects.toThrow(CurvatureError);
  }
  operator.dispose();
});
