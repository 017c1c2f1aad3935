/** The convexity map against dense Hessians by hand, and what it costs to go from point to point. */
import { expect, it } from "vitest";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { coarseToFine } from "../../src/experiment/grid.ts";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import type { ConvexityPoint } from "../../src/jobs/curvature-jobs.ts";
import { modelOf } from "../../src/jobs/problem.ts";
import { DirectionDraws, prepareDirections } from "../../src/landscape/directions.ts";
import { jacobiEigenvalues } from "../curvature/dense.ts";
import { collect, createTestRunner } from "./in-memory.ts";
import { ReducedMlp } from "./reduced-mlp.ts";
import { openTanhProblem, solve, tanhSpec } from "./tanh-problem.ts";

const plane: SurfaceRequest = {
  x: { kind: "random", seed: 3 },
  y: { kind: "random", seed: 4 },
  normalization: "filter",
  biases: "include",
  orthogonalize: false,
  batchNorm: "frozen",
  subset: "train",
  alpha: { min: -1, max: 1, count: 51 },
  beta: { min: -1, max: 1, count: 51 },
};
const grid = { alpha: { min: -0.5, max: 0.5, count: 3 }, beta: { min: -0.2, max: 0.2, count: 3 } } as const;
const rest = { ...solve, ...grid, plane, seed: 1, tolerance: 1e-4 } as const;

it("finds the extreme eigenvalues of the weights' block at every point", async () => {
  const { runner, params } = await openTanhProblem();
  const { spec, weights, backend } = params;
  const handle = runner.start("convexity", { spec, weights, backend, ...rest });
  const events = await collect(handle);
  const map = await handle.result;
  expect(map.status).toBe("complete");
  expect(map.unconverged).toBe(0);
  expect([...map.alpha]).toEqual([-0.5, 0, 0.5]);
  expect([...map.beta]).toEqual([-0.2, 0, 0.2]);
  const points = events.filter((event): event is ConvexityPoint => event.kind === "point");
  expect(points.map(({ cell }) => cell)).toEqual([...coarseToFine(3, 3)]);
  expect(points.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const { cell, largest, smallest } of points) {
    expect([largest, smallest]).toEqual([map.largest[cell], map.smallest[cell]]);
  }
  const { u, v } = prepareDirections(modelOf(spec), weights.theta, plane, new DirectionDraws());
  for (const cell of [4, 0, 5]) {
    const [alpha, beta] = [map.alpha[cell % 3], map.beta[Math.floor(cell / 3)]];
    const theta = weights.theta.map((value, k) => value + alpha * u[k] + beta * v![k]);
    const reduced = await ReducedMlp.of(spec, { ...weights, theta });
    const values = jacobiEigenvalues(reduced.hessian(reduced.weights));
    const [largest, smallest] = [values[0], Math.min(values[values.length - 1], 0)];
    expect(Math.abs(map.largest[cell] / largest - 1), `largest at ${cell}`).toBeLessThan(1e-5);
    expect(Math.abs(map.smallest[cell] / smallest - 1), `smallest at ${cell}`).toBeLessThan(1e-5);
  }
});

it("compiles nothing once points are under way", async () => {
  const backend = createReferenceBackend();
  const compile = backend.compile.bind(backend);
  let compiled = 0;
  backend.compile = (...program) => {
    compiled++;
    return compile(...program);
  };
  const { params } = await openTanhProblem();
  const runner = createTestRunner({ createBackend: async () => ({ backend }) });
  const handle = runner.start("convexity", {
    spec: tanhSpec,
    weights: params.weights,
    backend: "reference",
    ...rest,
    // Every point takes the same products, so that none needs a program for one more.
    maxProducts: 9,
    tolerance: 1e-12,
  });
  const counts: number[] = [];
  for await (const event of handle.events) if (event.kind === "point") counts.push(compiled);
  expect((await handle.result).unconverged).toBe(9);
  expect(counts).toHaveLength(9);
  expect(counts[0]).toBeGreaterThan(10);
  // The second point empties what the first one filled.
  expect(new Set(counts.slice(1)).size).toBe(1);
  expect(backend.memory.bytes).toBe(0);
});

it("keeps the points done when it is cancelled", async () => {
  const { runner, params } = await openTanhProblem();
  const { spec, weights, backend } = params;
  const handle = runner.start("convexity", { spec, weights, backend, ...rest });
  for await (const event of handle.events) if (event.kind === "point" && event.done === 2) handle.cancel();
  const { largest, smallest, status } = await handle.result;
  expect(status).toBe("cancelled");
  expect(largest.filter(Number.isFinite)).toHaveLength(2);
  expect(Number.isFinite(largest[4])).toBe(true);
  expect(Array.from(largest, Number.isNaN)).toEqual(Array.from(smallest, Number.isNaN));
});
