import { describe, expect, it } from "vitest";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import type { TrajectoryPoint } from "../../src/experiment/trajectory.ts";
import type { JobRunner } from "../../src/jobs/jobs.ts";
import { sameBits } from "../models/same-bits.ts";
import { measureSurface } from "./collect-surface.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

const recording = { everySteps: 3, budgetMegabytes: 8 };
const spec = smallSpec({ recording });

async function recorded(runner: JobRunner, of = spec) {
  const handle = runner.start("train", { runId: "a", spec: of, backend: "reference" });
  const points = (await collect(handle)).flatMap((event) => (event.kind === "recorded" ? [event.point] : []));
  return { points, result: await handle.result };
}

const request = (points: readonly TrajectoryPoint[], directions: readonly Float32Array[]): SurfaceRequest => ({
  x: { kind: "vector", vector: directions[0], label: "pca:1" },
  y: { kind: "vector", vector: directions[1], label: "pca:2" },
  normalization: "none",
  biases: "include",
  orthogonalize: false,
  batchNorm: "frozen",
  subset: points.length > 0 ? "train" : "test",
  alpha: { min: -1, max: 1, count: 3 },
  beta: { min: -1, max: 1, count: 3 },
});

describe("a recorded training", () => {
  it("gives its beginning, every third step and its end, and is the same training", async () => {
    const runner = createTestRunner();
    const { points, result } = await recorded(runner);
    expect(points.map(({ step }) => step)).toEqual([0, 3, 6, 9, 12]);
    const initial = await runner.start("initialize", { spec }).result;
    expect(sameBits(points[0].weights.theta, initial.theta)).toBe(true);
    expect(sameBits(points[4].weights.theta, result.checkpoint.weights.theta)).toBe(true);
    const { result: plain } = await recorded(createTestRunner(), smallSpec());
    expect(sameBits(plain.checkpoint.weights.theta, result.checkpoint.weights.theta)).toBe(true);
    expect(sameBits(plain.checkpoint.batchLosses, result.checkpoint.batchLosses)).toBe(true);
  });

  it("is projected so that the end is the origin, with the surface's own value there", async () => {
    const runner = createTestRunner();
    const { points } = await recorded(runner);
    const { directions } = await runner.start("trajectory", { points: points.map(({ weights }) => weights.theta) })
      .result;
    const asked = request(points, directions);
    const { weights } = points[4];
    const params = { spec, weights, request: asked, backend: "reference" } as const;
    const { values } = await measureSurface(runner, params);
    const handle = runner.start("projectTrajectory", { ...params, points });
    const events = await collect(handle);
    const path = await handle.result;
    expect(events.map(({ kind }) => kind)).toEqual(["placed", ...points.map(() => "point")]);
    expect(path.status).toBe("complete");
    expect([path.alpha[4], path.beta[4], path.offPlane[4]]).toEqual([0, 0, 0]);
    expect(path.loss[4]).toBe(values.loss[4]);
    for (const [index, point] of points.entries()) {
      const at = await runner.start("evaluate", { spec, weights: point.weights, subset: "train", backend: "reference" })
        .result;
      expect(path.loss[index]).toBe(at.loss);
      expect(path.accuracy[index]).toBe(at.accuracy);
    }
  });

  it("lies on the surface where it lies in the plane", async () => {
    const runner = createTestRunner();
    const { points } = await recorded(runner);
    const { weights } = points[4];
    const { theta } = weights;
    const [u, v] = [0, 2].map((k) => points[k].weights.theta.map((value, i) => value - theta[i]));
    const params = { spec, weights, request: request(points, [u, v]), backend: "reference" } as const;
    const { values } = await measureSurface(runner, params);
    const path = await runner.start("projectTrajectory", { ...params, points }).result;
    // The first point is θ + u, the third θ + v: corners of the grid's edges.
    expect(path.alpha[0]).toBeCloseTo(1, 6);
    expect(path.beta[0]).toBeCloseTo(0, 6);
    expect(path.offPlane[0]).toBeLessThan(1e-5);
    expect(Math.abs(path.loss[0] - values.loss[5])).toBeLessThan(1e-6);
    expect(Math.abs(path.loss[2] - values.loss[7])).toBeLessThan(1e-6);
    expect(path.offPlane[1]).toBeGreaterThan(1e-3);
  });
});
