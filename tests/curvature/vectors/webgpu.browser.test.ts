/** The solvers' vector algebra on WebGPU: accurate long sums, Lanczos and quadrature as on the reference backend. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Backend } from "../../../src/backends/backend.ts";
import { createWebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import { lanczosQuadrature } from "../../../src/curvature/estimators/lanczos-quadrature.ts";
import { lanczos } from "../../../src/curvature/solvers/lanczos.ts";
import { Lane } from "../../../src/curvature/vectors/lane.ts";
import { diagonalOperator } from "../dense.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await createWebgpuBackend();
});
afterAll(() => backend.dispose());

test("sums of a million numbers are accurate to float32, with a ragged end", async () => {
  const n = 1_000_036;
  const operator = await diagonalOperator(backend, new Array(n).fill(1));
  const lane = new Lane(operator, 0);
  const x = Float32Array.from({ length: n }, (_, i) => 0.1 + ((i * 7919) % 1013) / 1013);
  backend.write(lane.x, x);
  await operator.apply(1);
  const exact = x.reduce((sum, value) => sum + value * value, 0);
  const { xw, ww, xx } = await lane.forms();
  for (const square of [xw, ww, xx]) expect(Math.abs(square / exact - 1)).toBeLessThan(3e-7);
  await lane.dispose();
  operator.dispose();
});

test("Lanczos finds both ends, with restarts, and gives the same bits twice", async () => {
  const values = Array.from({ length: 200 }, (_, i) => (i < 190 ? 10 / (i + 1) : 190 - i));
  const operator = await diagonalOperator(backend, values, 2);
  const options = {
    top: 3,
    bottom: 1,
    tolerance: 1e-3,
    seed: 1,
    memoryBytes: 18 * 800,
    maxProducts: 200,
    blockSize: 2,
  };
  const result = await lanczos(operator, options);
  expect(result.status).toBe("converged");
  expect(result.products).toBeGreaterThan(18);
  [10, 5, 10 / 3, -9].forEach((value, i) => {
    expect(Math.abs(result.values[i] - value)).toBeLessThan(1e-2);
    const { vectors, residuals } = result;
    const residual = Math.hypot(...vectors[i].map((x, k) => (values[k] - result.values[i]) * x));
    expect(Math.abs(residual - residuals[i])).toBeLessThan(2e-5);
  });
  expect(await lanczos(operator, options)).toEqual(result);
  const { runs } = await lanczosQuadrature(operator, {
    steps: 8,
    probes: 2,
    kind: "rademacher",
    seed: 1,
    memoryBytes: 1e6,
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / 200;
  for (const { nodes, weights } of runs) {
    expect(nodes.reduce((sum, node, k) => sum + weights[k] * node, 0)).toBeCloseTo(mean, 4);
  }
  operator.dispose();
});
