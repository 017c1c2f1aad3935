/** Lanczos on matrices whose spectra are known, against a Jacobi solver, on float64 and float32 backends. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../../src/backends/backend.ts";
import type { EigenResult } from "../../../src/curvature/solvers/eigen-result.ts";
import { lanczos } from "../../../src/curvature/solvers/lanczos.ts";
import type { LanczosOptions } from "../../../src/curvature/solvers/lanczos-options.ts";
import { candidates } from "../backends.ts";
import {
  denseOperator,
  diagonalOperator,
  dotOf,
  jacobiEigenvalues,
  normOf,
  randomSymmetric,
  timesVector,
  withSpectrum,
} from "../dense.ts";

const base = { tolerance: 1e-4, seed: 7, memoryBytes: 1e9, maxProducts: 400 } as const;

const spectra: Readonly<Record<string, readonly number[]>> = {
  "a trained net's": Array.from(
    { length: 120 },
    (_, i) => (i < 10 ? 40 / (i + 1) : 0.5 / (i - 5)) - (i > 110 ? 0.3 * (i - 110) : 0),
  ),
  clustered: Array.from({ length: 80 }, (_, i) => (i < 4 ? 5 + i * 1e-3 : 1 / (i + 1))),
  negative: Array.from({ length: 60 }, (_, i) => -1 - i),
  indefinite: Array.from({ length: 61 }, (_, i) => i - 30),
};

/** ‖Av − λv‖ in float64, for every pair. */
const trueResiduals = (rows: readonly Float64Array[], { values, vectors }: EigenResult) =>
  vectors.map((vector, i) => normOf(timesVector(rows, vector).map((entry, j) => entry - values[i] * vector[j])));

for (const { name, create, rounding } of candidates) {
  describe(`Lanczos on ${name}`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await create();
    });
    afterAll(() => backend.dispose());

    async function solve(rows: readonly Float64Array[], options: Partial<LanczosOptions>, columns = 1) {
      const operator = await denseOperator(backend, rows, columns);
      const result = await lanczos(operator, { top: 3, bottom: 0, ...base, ...options });
      operator.dispose();
      return result;
    }

    for (const [kind, values] of Object.entries(spectra)) {
      const sorted = [...values].sort((a, b) => b - a);
      const largest = Math.max(...values.map(Math.abs));
      for (const blockSize of [1, 3]) {
        test(`finds both ends of ${kind} spectrum, ${blockSize} at a time`, async () => {
          const rows = withSpectrum(values, 5);
          const result = await solve(rows, { top: 4, bottom: 2, blockSize }, 3);
          expect(result.status).toBe("converged");
          expect(result.topCount).toBe(4);
          const wanted = [...sorted.slice(0, 4), ...sorted.slice(-2).reverse()];
          wanted.forEach((value, i) => {
            expect(Math.abs(result.values[i] - value)).toBeLessThan((1e-4 + rounding) * largest);
          });
          trueResiduals(rows, result).forEach((residual, i) => {
            expect(Math.abs(residual - result.residuals[i])).toBeLessThan(Math.max(2 * rounding, 5e-7) * largest);
            expect(result.relativeResiduals[i]).toBeLessThanOrEqual(1e-4);
          });
          for (const [i, a] of result.vectors.entries()) {
            for (const [j, b] of result.vectors.entries()) {
              expect(Math.abs(dotOf(a, b) - (i === j ? 1 : 0))).toBeLessThan(1e-5);
            }
          }
        });
      }
    }

    test("agrees with a dense solver on a random matrix", async () => {
      const rows = randomSymmetric(70, 2);
      const exact = jacobiEigenvalues(rows);
      const result = await solve(rows, { top: 5, bottom: 5, tolerance: 1e-5 });
      expect(result.status).toBe("converged");
      [...exact.slice(0, 5), ...exact.slice(-5).reverse()].forEach((value, i) => {
        expect(Math.abs(result.values[i] - value) / exact[0]).toBeLessThan(1e-5);
      });
    });

    test.each([1, 2])(
      "finds with restarts, %i at a time, what it finds without, in the memory given",
      async (blockSize) => {
        const rows = withSpectrum(spectra["a trained net's"], 8);
        const bytesPerNumber = backend.kind === "reference" ? 8 : 4;
        const free = await solve(rows, { top: 3, bottom: 1, blockSize, tolerance: 1e-5 }, 2);
        const memoryBytes = 16 * rows.length * bytesPerNumber;
        const operator = await denseOperator(backend, rows, 2);
        const createTensor = backend.createTensor.bind(backend);
        let [held, peak] = [0, 0];
        backend.createTensor = (type, data, label) => {
          const tensor = createTensor(type, data, label);
          if (!label?.startsWith("basis vector")) return tensor;
          held += rows.length * bytesPerNumber;
          peak = Math.max(peak, held);
          const dispose = tensor.dispose.bind(tensor);
          tensor.dispose = () => {
            held -= rows.length * bytesPerNumber;
            dispose();
          };
          return tensor;
        };
        const restarted = await lanczos(operator, {
          ...base,
          top: 3,
          bottom: 1,
          blockSize,
          tolerance: 1e-5,
          memoryBytes,
        });
        backend.createTensor = createTensor;
        operator.dispose();
        expect(restarted.status).toBe("converged");
        expect(restarted.products).toBeGreaterThan(16);
        restarted.values.forEach((value, i) => {
          expect(Math.abs(value - free.values[i])).toBeLessThan(2e-4 * 40);
          expect(Math.abs(Math.abs(dotOf(restarted.vectors[i], free.vectors[i])) - 1)).toBeLessThan(1e-3);
        });
        expect(peak).toBeLessThanOrEqual(memoryBytes);
        expect(held).toBe(0);
      },
    );

    test("finds all copies of repeated eigenvalues where the Krylov space ends", async () => {
      const values = [5, 5, 5, 2, 2, ...Array.from({ length: 45 }, () => 0)];
      const result = await solve(withSpectrum(values, 3), { top: 5, bottom: 2 });
      expect(result.status).toBe("converged");
      [5, 5, 5, 2, 2, 0, 0].forEach((value, i) => {
        expect(result.values[i]).toBeCloseTo(value, 3);
      });
    });

    test("solves the identity, zero, and one number", async () => {
      for (const [diagonal, wanted] of [
        [
          [1, 1, 1, 1, 1, 1, 1, 1],
          [1, 1, 1],
        ],
        [
          [0, 0, 0, 0, 0],
          [0, 0, 0],
        ],
        [[-3], [-3]],
      ]) {
        const operator = await diagonalOperator(backend, diagonal);
        const result = await lanczos(operator, { ...base, top: wanted.length, bottom: 0 });
        expect(result.status).toBe("converged");
        wanted.forEach((value, i) => {
          expect(result.values[i]).toBeCloseTo(value, 5);
        });
        operator.dispose();
      }
    });

    test("finds every eigenvalue of a small matrix", async () => {
      const rows = randomSymmetric(9, 11);
      const result = await solve(rows, { top: 6, bottom: 3, blockSize: 2 }, 2);
      const exact = jacobiEigenvalues(rows);
      expect(result.status).toBe("converged");
      [...exact.slice(0, 6), ...exact.slice(6).reverse()].forEach((value, i) => {
        expect(result.values[i]).toBeCloseTo(value, 4);
      });
    });

    test("gives identical bits twice", async () => {
      const rows = withSpectrum(spectra.indefinite, 4);
      const options = { top: 2, bottom: 2, blockSize: 2, memoryBytes: 24 * 61 * 8 };
      const [first, second] = [await solve(rows, options, 2), await solve(rows, options, 2)];
      expect(second).toEqual(first);
    });
  });
}
