/** Identities of stochastic Lanczos quadrature and of the estimates from the same probes. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../../src/backends/backend.ts";
import { CurvatureError } from "../../../src/curvature/curvature-error.ts";
import { lanczosQuadrature, type QuadratureOptions } from "../../../src/curvature/estimators/lanczos-quadrature.ts";
import { runProbes } from "../../../src/curvature/estimators/probes.ts";
import { candidates } from "../backends.ts";
import { denseOperator, withSpectrum } from "../dense.ts";

const values = Array.from({ length: 90 }, (_, i) => (i < 5 ? 8 / (i + 1) : 0.3 / (i - 3)) - (i === 89 ? 1 : 0));
const rows = withSpectrum(values, 21);
const options: QuadratureOptions = { steps: 12, probes: 4, kind: "rademacher", seed: 5, memoryBytes: 1e8 };

for (const { name, create, rounding } of candidates) {
  describe(`quadrature on ${name}`, () => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await create();
    });
    afterAll(() => backend.dispose());

    test.each(["rademacher", "gaussian"] as const)(
      "Στ² = 1 and Στ²θ = vᵀAv/‖v‖² on the same %s probes",
      async (kind) => {
        const operator = await denseOperator(backend, rows, 3);
        const { runs, status, products } = await lanczosQuadrature(operator, { ...options, kind });
        const { samples } = await runProbes(operator, { probes: options.probes, seed: options.seed, kind });
        expect([status, products, runs.length]).toEqual(["complete", 48, 4]);
        runs.forEach(({ nodes, weights }, i) => {
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const first = nodes.reduce((sum, node, k) => sum + weights[k] * node, 0);
          const second = nodes.reduce((sum, node, k) => sum + weights[k] * node * node, 0);
          const { quadratic, square, productSquare } = samples[i];
          expect(Math.abs(total - 1)).toBeLessThan(1e-12);
          expect(Math.abs(first - quadratic / square)).toBeLessThan(8 * rounding);
          expect(Math.abs(second - productSquare / square)).toBeLessThan(64 * rounding);
        });
        operator.dispose();
      },
    );

    test("is exact, and ends early, when the Krylov space is the whole space of a few eigenvalues", async () => {
      const operator = await denseOperator(backend, withSpectrum([3, 3, 3, 3, 1, 1, 1, -2, -2, -2], 2));
      const { runs } = await lanczosQuadrature(operator, { ...options, steps: 10 });
      for (const { nodes } of runs) {
        expect(nodes).toHaveLength(3);
        [-2, 1, 3].forEach((value, i) => {
          expect(nodes[i]).toBeCloseTo(value, 4);
        });
      }
      operator.dispose();
    });

    test("gives the same bits twice, however many probes share a pass", async () => {
      const operator = await denseOperator(backend, rows, 3);
      const first = await lanczosQuadrature(operator, options);
      expect(await lanczosQuadrature(operator, options)).toEqual(first);
      const bytesPerNumber = backend.kind === "reference" ? 8 : 4;
      const alone = await lanczosQuadrature(operator, { ...options, memoryBytes: 12 * 90 * bytesPerNumber });
      expect(alone).toEqual(first);
      operator.dispose();
    });

    test("cancelled, it keeps the probes that ended", async () => {
      const operator = await denseOperator(backend, rows);
      const controller = new AbortController();
      const { runs, status } = await lanczosQuadrature(operator, {
        ...options,
        signal: controller.signal,
        onStep: ({ products }) => products === 30 && controller.abort(),
      });
      expect([runs.length, status]).toEqual([2, "cancelled"]);
      operator.dispose();
    });

    test("refuses no probe, no step and too little memory", async () => {
      const operator = await denseOperator(backend, rows);
      for (const wrong of [
        { probes: 0 },
        { steps: 0 },
        { steps: 1.5 },
        { memoryBytes: 1000 },
        { memoryBytes: Number.NaN },
      ]) {
        await expect(lanczosQuadrature(operator, { ...options, ...wrong })).rejects.toThrow(CurvatureError);
      }
      operator.dispose();
    });
  });
}
