/** Trace, Frobenius norm, diagonal and random curvature against the matrix itself. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../../src/backends/backend.ts";
import { CurvatureError } from "../../../src/curvature/curvature-error.ts";
import { hutchPlusPlus } from "../../../src/curvature/estimators/hutch-plus-plus.ts";
import {
  curvatures,
  estimateFrobeniusNorm,
  estimateTrace,
  type ProbeOptions,
  runProbes,
} from "../../../src/curvature/estimators/probes.ts";
import type { SymmetricOperator } from "../../../src/curvature/operator.ts";
import { candidates } from "../backends.ts";
import { denseOperator, diagonalOperator, withSpectrum } from "../dense.ts";

const values = Array.from({ length: 60 }, (_, i) => 6 / (i + 1) - 0.1);
const trace = values.reduce((sum, value) => sum + value, 0);
const frobenius = Math.hypot(...values);
const rows = withSpectrum(values, 31);
const options: ProbeOptions = { probes: 300, kind: "rademacher", seed: 9 };

for (const { name, create } of candidates) {
  describe(`estimates on ${name}`, () => {
    let backend: Backend;
    let operator: SymmetricOperator;
    beforeAll(async () => {
      backend = await create();
      operator = await denseOperator(backend, rows, 4);
    });
    afterAll(() => {
      operator.dispose();
      backend.dispose();
    });

    test.each(["rademacher", "gaussian"] as const)(
      "trace and ‖A‖_F lie within their errors on %s probes",
      async (kind) => {
        const { samples, status } = await runProbes(operator, { ...options, kind });
        expect([status, samples.length]).toEqual(["complete", 300]);
        for (const [{ mean, standardError }, exact] of [
          [estimateTrace(samples), trace],
          [estimateFrobeniusNorm(samples), frobenius],
        ] as const) {
          expect(standardError).toBeLessThan(0.1 * exact);
          expect(Math.abs(mean - exact)).toBeLessThan(4 * standardError);
        }
      },
    );

    test("±1 probes give the trace and diagonal of a diagonal matrix exactly", async () => {
      const diagonal = await diagonalOperator(backend, values, 2);
      const run = await runProbes(diagonal, { ...options, probes: 3, diagonal: true });
      expect(estimateTrace(run.samples).mean).toBeCloseTo(trace, 4);
      expect(estimateTrace(run.samples).standardError).toBeLessThan(1e-5);
      values.forEach((value, i) => {
        expect(run.diagonal![i]).toBeCloseTo(value, 5);
      });
      diagonal.dispose();
    });

    test("the diagonal converges to the matrix's", async () => {
      const run = await runProbes(operator, { ...options, diagonal: true });
      const error = Math.hypot(...rows.map((row, i) => run.diagonal![i] - row[i]));
      expect(error).toBeLessThan((1.5 * frobenius) / Math.sqrt(300));
    });

    test("curvature along random lines spreads about trace/n as it must", async () => {
      const { samples } = await runProbes(operator, { ...options, kind: "gaussian" });
      const found = curvatures(samples);
      const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
      const n = values.length;
      const deviation = Math.sqrt((2 / (n + 2)) * (frobenius ** 2 / n - (trace / n) ** 2));
      expect(Math.abs(mean - trace / n)).toBeLessThan((4 * deviation) / Math.sqrt(300));
      expect(Math.max(...found)).toBeLessThanOrEqual(values[0]);
    });

    test("Hutch++ is exact on a low rank, and close where Hutchinson is not", async () => {
      const lowRank = await denseOperator(backend, withSpectrum([9, -4, 2, ...new Array(57).fill(0)], 3));
      const low = await hutchPlusPlus(lowRank, { products: 18, seed: 1, memoryBytes: 1e8 });
      expect([low.status, low.probes]).toEqual(["complete", 6]);
      expect(Math.abs(low.mean - 7)).toBeLessThan(1e-4);
      expect(low.standardError).toBeLessThan(1e-4);
      lowRank.dispose();
      const plus = await hutchPlusPlus(operator, { products: 60, seed: 1, memoryBytes: 1e8 });
      const plain = estimateTrace((await runProbes(operator, { ...options, probes: 60 })).samples);
      expect(plus.products).toBe(60);
      expect(Math.abs(plus.mean - trace)).toBeLessThan(5 * plus.standardError + 1e-3);
      expect(plus.standardError).toBeLessThan(plain.standardError / 3);
    });

    test("cancelled, they keep the probes that ended; the same bits twice", async () => {
      const controller = new AbortController();
      const run = await runProbes(operator, {
        ...options,
        signal: controller.signal,
        onProbe: (_, index) => index === 7 && controller.abort(),
      });
      expect([run.status, run.samples.length]).toEqual(["cancelled", 8]);
      expect(run.samples).toEqual((await runProbes(operator, { ...options, probes: 8 })).samples);
      const early = await hutchPlusPlus(operator, {
        products: 30,
        seed: 1,
        memoryBytes: 1e8,
        signal: AbortSignal.abort(),
      });
      expect([early.status, early.probes, early.mean]).toEqual(["cancelled", 0, Number.NaN]);
    });

    test("refuse what cannot be done", async () => {
      await expect(runProbes(operator, { ...options, probes: 0 })).rejects.toThrow(CurvatureError);
      await expect(runProbes(operator, { ...options, kind: "gaussian", diagonal: true })).rejects.toThrow(/Rademacher/);
      const plus = { products: 30, seed: 1, memoryBytes: 1e8 };
      await expect(hutchPlusPlus(operator, { ...plus, products: 2 })).rejects.toThrow(/at least 3/);
      await expect(hutchPlusPlus(operator, { ...plus, memoryBytes: 10 })).rejects.toThrow(/sketch of 10 vectors/);
    });
  });
}
