/** The quadratic model of a plane against differences of the loss and against single products. */

import { expect, it } from "vitest";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import { modelOf } from "../../src/jobs/problem.ts";
import { DirectionDraws, prepareDirections } from "../../src/landscape/directions.ts";
import { dot } from "../tensor/vectors.ts";
import { measureSurface } from "./collect-surface.ts";
import { createTestRunner, smallSpec } from "./in-memory.ts";
import { openTanhProblem, wholeHessian } from "./tanh-problem.ts";

const step = 1e-3;
const axis = { min: -step, max: step, count: 3 };
const plane: SurfaceRequest = {
  x: { kind: "random", seed: 3 },
  y: { kind: "random", seed: 4 },
  normalization: "filter",
  biases: "include",
  orthogonalize: false,
  batchNorm: "frozen",
  subset: "train",
  alpha: axis,
  beta: axis,
};

it("has the slopes and curvatures that differences of a smooth loss show", async () => {
  const { runner, params } = await openTanhProblem();
  const { spec, weights, backend } = params;
  const model = await runner.start("quadraticModel", { spec, weights, plane, backend }).result;
  const { values } = await measureSurface(runner, { spec, weights, request: plane, backend });
  const [a, b, c, d, e, f, g, h, i] = values.loss;
  expect(model.loss).toBeCloseTo(e, 12);
  // Central differences are off by the square of the step.
  const [alpha, beta] = [(f - d) / (2 * step), (h - b) / (2 * step)];
  expect(Math.abs(model.gradient[0] - alpha)).toBeLessThan(1e-5);
  expect(Math.abs(model.gradient[1] - beta)).toBeLessThan(1e-5);
  const second = [(f - 2 * e + d) / step ** 2, (i - g - c + a) / (4 * step ** 2), (h - 2 * e + b) / step ** 2];
  model.hessian.forEach((value, k) => {
    expect(Math.abs(value - second[k]) / Math.hypot(...second)).toBeLessThan(1e-4);
  });
  expect(Math.abs(model.hessian[1])).toBeGreaterThan(1e-3);
});

it("is the model of a line without a second direction", async () => {
  const { runner, params } = await openTanhProblem();
  const { spec, weights, backend } = params;
  const ofPlane = await runner.start("quadraticModel", { spec, weights, plane, backend }).result;
  const line = { ...plane, y: null };
  const ofLine = await runner.start("quadraticModel", { spec, weights, plane: line, backend }).result;
  expect(ofLine.gradient).toEqual([ofPlane.gradient[0], 0]);
  expect(ofLine.hessian[0]).toBeCloseTo(ofPlane.hessian[0], 12);
  expect(ofLine.hessian.slice(1)).toEqual([0, 0]);
});

it.each(["frozen", "batch"] as const)("agrees with evaluations and products under %s statistics", async (batchNorm) => {
  const backend = await createTfjsBackend({ readKernels });
  const runner = createTestRunner({ createBackend: async () => ({ backend }) });
  const spec = smallSpec({
    model: { name: "vgg", depth: 11, width: 0.125 },
    data: { source: "synthetic", train: { count: 10, select: "first" }, test: { count: 10 } },
    training: { batchSize: 6, epochs: 2, learningRate: 0.02 },
  });
  const { weights } = (await runner.start("train", { runId: "test", spec, backend: "tfjs" }).result).checkpoint;
  const request = { ...plane, batchNorm };
  const model = await runner.start("quadraticModel", { spec, weights, plane: request, backend: "tfjs" }).result;
  const surface = await measureSurface(runner, { spec, weights, request, backend: "tfjs" });
  expect(model.loss / surface.values.loss[4]).toBeCloseTo(1, 5);
  const slope = (surface.values.loss[5] - surface.values.loss[3]) / (2 * step);
  expect(Math.abs(model.gradient[0] - slope)).toBeLessThan(0.02 * Math.hypot(...model.gradient));
  const { u, v } = prepareDirections(modelOf(spec), weights.theta, request, new DirectionDraws());
  const times = async (vector: Float32Array) => {
    const params = { spec, weights, request: { ...wholeHessian, batchNorm }, backend: "tfjs", vector } as const;
    return (await runner.start("product", params).result).product;
  };
  const [hu, hv] = [await times(u), await times(v!)];
  const scale = Math.hypot(...model.hessian);
  [dot(u, hu), dot(u, hv), dot(v!, hv)].forEach((expected, k) => {
    expect(Math.abs(model.hessian[k] - expected) / scale).toBeLessThan(1e-5);
  });
});

it("refuses statistics that are re-estimated at every point", async () => {
  const runner = createTestRunner();
  const spec = smallSpec({ model: { name: "vgg", depth: 11, width: 0.125 } });
  const weights = await runner.start("initialize", { spec }).result;
  const request: SurfaceRequest = { ...plane, batchNorm: "reestimated" };
  const handle = runner.start("quadraticModel", { spec, weights, plane: request, backend: "reference" });
  await expect(handle.result).rejects.toThrow(/frozen or batch statistics/);
});
