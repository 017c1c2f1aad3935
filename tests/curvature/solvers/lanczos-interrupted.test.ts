/** Lanczos that is refused, cancelled, starved, broken or lost. */
import { afterAll, describe, expect, test } from "vitest";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { CurvatureError } from "../../../src/curvature/curvature-error.ts";
import type { SymmetricOperator } from "../../../src/curvature/operator.ts";
import type { EigenProgress } from "../../../src/curvature/solvers/eigen-result.ts";
import { lanczos } from "../../../src/curvature/solvers/lanczos.ts";
import type { LanczosOptions, LanczosSnapshot } from "../../../src/curvature/solvers/lanczos-options.ts";
import { denseOperator, normOf, timesVector, withSpectrum } from "../dense.ts";

const backend = createReferenceBackend();
afterAll(() => backend.dispose());

const values = Array.from({ length: 80 }, (_, i) => 10 / (i + 1));
const rows = withSpectrum(values, 1);
const options: LanczosOptions = { top: 4, bottom: 0, tolerance: 1e-6, seed: 3, memoryBytes: 1e8, maxProducts: 300 };

/** `operator` with something done at product number `at`. */
const disturbed = (operator: SymmetricOperator, at: number, disturb: () => void): SymmetricOperator => {
  let products = 0;
  return {
    ...operator,
    apply: async (count, signal) => {
      if (++products === at) disturb();
      signal?.throwIfAborted();
      await operator.apply(count, signal);
    },
  };
};

describe("refusals", () => {
  test.each<[string, Partial<LanczosOptions>, RegExp]>([
    ["no pair", { top: 0 }, /No eigenpair/],
    ["more pairs than numbers", { top: 70, bottom: 11 }, /81 eigenpairs .* 80 numbers/],
    ["a negative number of pairs", { top: -1 }, /top is -1/],
    ["half a pair", { bottom: 0.5 }, /bottom is 0.5/],
    ["tolerance 0", { tolerance: 0 }, /tolerance is 0/],
    ["a negative tolerance", { tolerance: -1 }, /tolerance/],
    ["an infinite tolerance", { tolerance: Number.POSITIVE_INFINITY }, /tolerance/],
    ["a tolerance that is no number", { tolerance: Number.NaN }, /tolerance is NaN/],
    ["no product", { maxProducts: 0 }, /maxProducts/],
    ["a block beyond the operator's vectors", { blockSize: 2 }, /block of 2/],
    ["too little memory", { memoryBytes: 11 * 80 * 8 }, /hold 11 vectors; 4 eigenpairs .* at least 12/],
    ["memory that is no number", { memoryBytes: Number.NaN }, /vectors/],
  ])("%s", async (_, wrong, message) => {
    const operator = await denseOperator(backend, rows);
    const solve = lanczos(operator, { ...options, ...wrong });
    await expect(solve).rejects.toThrow(CurvatureError);
    await expect(solve).rejects.toThrow(message);
    operator.dispose();
  });
});

test("solves in the least memory that it does not refuse", async () => {
  const operator = await denseOperator(backend, rows);
  const result = await lanczos(operator, { ...options, tolerance: 1e-3, memoryBytes: 12 * 80 * 8 });
  expect(result.status).toBe("converged");
  operator.dispose();
});

test("streams every step", async () => {
  const operator = await denseOperator(backend, rows);
  const steps: EigenProgress[] = [];
  const result = await lanczos(operator, { ...options, onStep: (progress) => steps.push(progress) });
  expect(steps.map(({ step }) => step)).toEqual(steps.map((_, i) => i + 1));
  expect(result.products).toBe(steps.length + 4);
  expect(steps.at(-1)!.converged).toBe(4);
  expect(Array.from(steps.at(-1)!.ritzValues)).toEqual(Array.from(result.values));
  expect(steps[1].ritzValues).toHaveLength(2);
  operator.dispose();
});

test("keeps what has converged when it is cancelled", async () => {
  const operator = await denseOperator(backend, rows);
  const controller = new AbortController();
  const result = await lanczos(operator, {
    ...options,
    signal: controller.signal,
    onStep: ({ converged }) => converged === 2 && controller.abort(),
  });
  expect(result.status).toBe("cancelled");
  expect(result.residualKind).toBe("estimate");
  expect(result.vectors).toHaveLength(2);
  result.vectors.forEach((vector, i) => {
    expect(result.values[i]).toBeCloseTo(values[i], 8);
    const residual = timesVector(rows, vector).map((entry, j) => entry - result.values[i] * vector[j]);
    expect(normOf(residual)).toBeLessThan(2e-5);
  });
  operator.dispose();
});

test("can be cancelled before it starts, within a product and while residuals are measured", async () => {
  const whole = await lanczos(await denseOperator(backend, rows), { ...options, tolerance: 1e-5 });
  for (const at of [1, 8, whole.products - 1]) {
    const controller = new AbortController();
    const operator = disturbed(await denseOperator(backend, rows), at, () => controller.abort());
    const result = await lanczos(operator, { ...options, tolerance: 1e-5, signal: controller.signal });
    expect(result.status).toBe("cancelled");
    expect(result.converged.every(Boolean)).toBe(true);
    operator.dispose();
  }
  const operator = await denseOperator(backend, rows);
  const early = await lanczos(operator, { ...options, signal: AbortSignal.abort() });
  expect([early.status, early.products, early.values.length]).toEqual(["cancelled", 0, 0]);
  operator.dispose();
});

test("says when the products run out, with true residuals of what there is", async () => {
  const operator = await denseOperator(backend, rows);
  const result = await lanczos(operator, { ...options, maxProducts: 8 });
  expect([result.status, result.products, result.values.length]).toEqual(["max-steps", 12, 4]);
  expect(result.residualKind).toBe("true");
  expect(result.converged).toContain(false);
  result.vectors.forEach((vector, i) => {
    const residual = timesVector(rows, vector).map((entry, j) => entry - result.values[i] * vector[j]);
    expect(Math.abs(normOf(residual) - result.residuals[i])).toBeLessThan(1e-5);
  });
  operator.dispose();
});

test("stops at a product that is not finite and keeps what was found before", async () => {
  const inner = await denseOperator(backend, rows);
  const poison = new Float64Array(80).fill(Number.NaN);
  let products = 0;
  const operator: SymmetricOperator = {
    ...inner,
    apply: async (count, signal) => {
      await inner.apply(count, signal);
      if (++products >= 14) backend.write(inner.products[0], poison);
    },
  };
  const result = await lanczos(operator, options);
  expect(result.status).toBe("non-finite");
  expect(result.values.length).toBeGreaterThan(0);
  result.values.forEach((value, i) => {
    expect(value).toBeCloseTo(values[i], 6);
  });
  expect(result.vectors.flatMap((vector) => Array.from(vector)).every(Number.isFinite)).toBe(true);
  inner.dispose();
});

test.each([1e8, 14 * 80 * 8])("resumes from a snapshot to the same bits, with %i bytes", async (memoryBytes) => {
  const operator = await denseOperator(backend, rows);
  const snapshots: LanczosSnapshot[] = [];
  const isDue = (step: number) => step % 5 === 0;
  const take = (snapshot: LanczosSnapshot) => snapshots.push(snapshot);
  const whole = await lanczos(operator, { ...options, memoryBytes, snapshots: { isDue, take } });
  expect(snapshots.length).toBeGreaterThan(2);
  const another = createReferenceBackend();
  const elsewhere = await denseOperator(another, rows);
  const resumed = await lanczos(elsewhere, { ...options, memoryBytes, resume: structuredClone(snapshots[1]) });
  expect(resumed).toEqual(whole);
  operator.dispose();
  another.dispose();
});

test("rejects with the backend's error", async () => {
  const failing = disturbed(await denseOperator(backend, rows), 5, () => {
    throw new Error("the device is gone");
  });
  await expect(lanczos(failing, options)).rejects.toThrow("the device is gone");
});
