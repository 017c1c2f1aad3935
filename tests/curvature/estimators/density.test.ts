/** Densities from stored runs: their integral, their width, Papyan's matrix, and that a slider can follow them. */
import { afterAll, expect, test } from "vitest";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { createTfjsBackend } from "../../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../../src/backends/tfjs/kernels-node.ts";
import { CurvatureError } from "../../../src/curvature/curvature-error.ts";
import {
  defaultSigma,
  density,
  densityGrid,
  mapRuns,
  nodeRange,
  papyanMap,
  papyanSigma,
} from "../../../src/curvature/estimators/density.ts";
import { lanczosQuadrature } from "../../../src/curvature/estimators/lanczos-quadrature.ts";
import { lanczos } from "../../../src/curvature/solvers/lanczos.ts";
import { openRandomStream } from "../../../src/data/random.ts";
import { normalSource } from "../../../src/models/normal.ts";
import { denseOperator, jacobiEigenvalues, spikedOperator } from "../dense.ts";

const backend = createReferenceBackend();
afterAll(() => backend.dispose());

const integral = (grid: Float64Array, values: Float64Array) =>
  values.reduce((sum, value, i) => (i === 0 ? 0 : sum + ((value + values[i - 1]) / 2) * (grid[i] - grid[i - 1])), 0);

const runs = [
  { nodes: Float64Array.of(-2, 0.01, 3), weights: Float64Array.of(0.25, 0.5, 0.25) },
  { nodes: Float64Array.of(-1, 0.1, 4), weights: Float64Array.of(0.5, 0.25, 0.25) },
];

test.each(["linear", "logAbs"] as const)("∫φ = 1 on the %s axis", (axis) => {
  const range = nodeRange(runs, axis);
  for (const sigma of [defaultSigma(range), 0.1, 1]) {
    const grid = densityGrid(range, sigma);
    expect(integral(grid, density(runs, grid, sigma, axis).mean)).toBeCloseTo(1, 5);
  }
});

test("is the sum of Gaussians, and its error that of the mean of two probes", () => {
  const grid = Float64Array.of(-2, -1, 0, 1, 2.5);
  const { mean, standardError } = density(runs, grid, 0.7);
  const gauss = (x: number) => Math.exp(-(x * x) / (2 * 0.49)) / (0.7 * Math.sqrt(2 * Math.PI));
  grid.forEach((place, i) => {
    const each = runs.map(({ nodes, weights }) =>
      nodes.reduce((sum, node, k) => sum + weights[k] * gauss(place - node), 0),
    );
    expect(mean[i]).toBeCloseTo((each[0] + each[1]) / 2, 12);
    expect(standardError[i]).toBeCloseTo(Math.abs(each[0] - each[1]) / 2, 12);
  });
  expect(density(runs.slice(0, 1), grid, 1).standardError.every(Number.isNaN)).toBe(true);
});

test.each([1e-3, 0.05, 2])("has the same values on a grid of equal steps as point by point, σ = %f", (sigma) => {
  const grid = densityGrid(nodeRange(runs), sigma, 5000);
  // One step that differs, far from every node.
  const uneven = Float64Array.of(-1e3, ...grid);
  const [quick, plain] = [density(runs, grid, sigma).mean, density(runs, uneven, sigma).mean.subarray(1)];
  const highest = Math.max(...plain);
  expect(highest).toBeGreaterThan(0.1);
  quick.forEach((value, i) => {
    expect(Math.abs(value - plain[i])).toBeLessThan(1e-10 * highest);
  });
});

test("a node of 0 has no place on the log axis; no run and no width are refused", () => {
  const grid = Float64Array.of(-1, 0, 1);
  const withZero = [{ nodes: Float64Array.of(0, 1), weights: Float64Array.of(0.5, 0.5) }];
  expect(density(withZero, grid, 0.5, "logAbs").mean.every(Number.isFinite)).toBe(true);
  expect(() => density([], grid, 1)).toThrow(CurvatureError);
  expect(() => density(runs, grid, 0)).toThrow(/σ is 0/);
});

test("Papyan's map puts the nodes into [−1, 1] with a margin of 0.05 of the range", () => {
  const map = papyanMap(nodeRange(runs));
  const mapped = nodeRange(mapRuns(runs, map));
  expect([mapped.min, mapped.max].map((x) => Math.abs(x))).toEqual(
    [1 / 1.1, 1 / 1.1].map((x) => expect.closeTo(x, 12)),
  );
  const sigma = papyanSigma(101);
  // Half-way between neighbours at distance 2/(m − 1) the Gaussian is κ^(−1) of its height.
  expect(Math.exp(-((2 / 100) ** 2) / (8 * sigma ** 2))).toBeCloseTo(1 / 3, 12);
});

/** Of the bulk as n grows: Marčenko and Pastur's law for a square Z. */
const bulkShare = (x: number) => (Math.sqrt(x * (4 - x)) + 4 * Math.asin(Math.sqrt(x) / 2)) / (2 * Math.PI);

test("Papyan's matrix at n = 1000: outliers at θ + θ/(θ − 1), and the bulk's own law", async () => {
  const n = 1000;
  const draw = normalSource(openRandomStream("direction", 2, 97));
  const float32 = await createTfjsBackend({ readKernels });
  const operator = await spikedOperator(float32, Float64Array.from({ length: n * n }, draw), n, [5, 4, 3]);
  const options = { seed: 1, memoryBytes: 1e8 };
  const top = await lanczos(operator, { ...options, top: 3, bottom: 1, tolerance: 1e-3, maxProducts: 200 });
  expect(top.status).toBe("converged");
  // They spread by some 1/√n.
  [6.25, 16 / 3, 4.5].forEach((outlier, i) => {
    expect(Math.abs(top.values[i] - outlier)).toBeLessThan(0.25);
  });
  expect(top.values[3]).toBeGreaterThan(-1e-2);
  expect(top.values[3]).toBeLessThan(0.05);
  const { runs } = await lanczosQuadrature(operator, { ...options, steps: 60, probes: 4, kind: "rademacher" });
  expect(nodeRange(runs).max).toBeCloseTo(top.values[0], 3);
  const shareBelow = (x: number) =>
    runs
      .flatMap(({ nodes, weights }) => Array.from(weights, (weight, k) => (nodes[k] < x ? weight : 0)))
      .reduce((sum, weight) => sum + weight) / runs.length;
  for (const x of [0.5, 1, 2, 3]) expect(Math.abs(shareBelow(x) - bulkShare(x))).toBeLessThan(0.03);
  expect(Math.abs(shareBelow(4.2) - (1 - 3 / n))).toBeLessThan(1.5 / n);
  operator.dispose();
  float32.dispose();
});

test("Papyan's matrix diag(5, 4, 3, 0 …) + ZZᵀ/n: bulk in [0, 4], outliers near 6.25, 5.33, 4.5", async () => {
  const n = 160;
  const draw = normalSource(openRandomStream("direction", 1, 97));
  const z = Array.from({ length: n }, () => Float64Array.from({ length: n }, draw));
  const rows = z.map((a, r) =>
    Float64Array.from(z, (b, c) => {
      const product = a.reduce((sum, x, k) => sum + x * b[k], 0) / n;
      return product + (r === c && r < 3 ? 5 - r : 0);
    }),
  );
  const operator = await denseOperator(backend, rows);
  const options = { seed: 1, memoryBytes: 1e8 };
  const top = await lanczos(operator, { ...options, top: 4, bottom: 1, tolerance: 1e-4, maxProducts: 300 });
  [6.25, 16 / 3, 4.5].forEach((outlier, i) => {
    expect(Math.abs(top.values[i] - outlier)).toBeLessThan(0.6);
  });
  expect(top.values[3]).toBeLessThan(4.2);
  expect(top.values[4]).toBeGreaterThan(-1e-3);
  const { runs } = await lanczosQuadrature(operator, { ...options, steps: 60, probes: 6, kind: "gaussian" });
  const range = nodeRange(runs);
  expect(range.max).toBeCloseTo(top.values[0], 4);
  const grid = densityGrid(range, 0.05);
  const { mean, standardError } = density(runs, grid, 0.05);
  const exact = jacobiEigenvalues(rows);
  for (const [from, to] of [
    [-1, 1],
    [1, 2],
    [2, 4.2],
    [4.2, 9],
  ]) {
    const mass = (values: Float64Array) =>
      integral(
        grid,
        values.map((value, i) => (grid[i] >= from && grid[i] < to ? value : 0)),
      );
    const share = exact.filter((value) => value >= from && value < to).length / n;
    expect(Math.abs(mass(mean) - share)).toBeLessThan(0.01 + 3 * mass(standardError));
  }
  operator.dispose();
});
