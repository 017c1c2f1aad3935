/** A training's path over surfaces of a network with BatchNorm, in every mode of its statistics, in float32. */

import { describe, expect, it } from "vitest";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import { distance } from "../../src/comparison/parameter-distances.ts";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import type { TrajectoryPoint } from "../../src/experiment/trajectory.ts";
import { sameBits } from "../models/same-bits.ts";
import { measureSurface } from "./collect-surface.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

const plain = smallSpec({
  model: { name: "vgg", depth: 11, width: 0.125, batchNorm: true },
  training: { batchSize: 10, learningRate: 0.02, epochs: 2 },
});
const spec = { ...plain, recording: { everySteps: 2, budgetMegabytes: 64 } };

async function trained() {
  const backend = await createTfjsBackend({ readKernels });
  const runner = createTestRunner({ createBackend: async () => ({ backend }) });
  const train = async (of: typeof plain) => {
    const handle = runner.start("train", { runId: "a", spec: of, backend: "tfjs" });
    const points = (await collect(handle)).flatMap((event) => (event.kind === "recorded" ? [event.point] : []));
    return { points, checkpoint: (await handle.result).checkpoint };
  };
  return { runner, train };
}

/** The plane through the last point, the first (α = 1) and the third (β = 1), measured at these three and one more. */
function through(points: readonly TrajectoryPoint[], changes: Partial<SurfaceRequest>): SurfaceRequest {
  const { theta } = points[points.length - 1].weights;
  const towards = (k: number) => points[k].weights.theta.map((value, i) => value - theta[i]);
  const edge = { min: 0, max: 1, count: 2 };
  return {
    x: { kind: "vector", vector: towards(0), label: "start" },
    y: { kind: "vector", vector: towards(2), label: "step 4" },
    normalization: "none",
    biases: "include",
    orthogonalize: false,
    batchNorm: "frozen",
    subset: "train",
    alpha: edge,
    beta: edge,
    ...changes,
  };
}

/** Of two float32 losses, relative. */
const rounding = 2e-5;
const expectClose = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(rounding * Math.max(1, Math.abs(b)));

describe("a recorded training of a network with BatchNorm", () => {
  it("has the bits of one that is not recorded, on tfjs", async () => {
    const { train } = await trained();
    const [recorded, unrecorded] = [await train(spec), await train(plain)];
    expect(recorded.points.map(({ step }) => step)).toEqual([0, 2, 4, 6, 8]);
    expect(unrecorded.points).toEqual([]);
    for (const part of ["theta", "state"] as const)
      expect(sameBits(recorded.checkpoint.weights[part], unrecorded.checkpoint.weights[part])).toBe(true);
    expect(sameBits(recorded.checkpoint.batchLosses, unrecorded.checkpoint.batchLosses)).toBe(true);
  });

  it.each(["frozen", "batch", "reestimated"] as const)(
    "has the surface's losses where it lies in the plane: %s statistics",
    async (batchNorm) => {
      const { runner, train } = await trained();
      const { points } = await train(spec);
      const { weights } = points[4];
      const params = { spec, weights, request: through(points, { batchNorm }), backend: "tfjs" } as const;
      const { loss } = (await measureSurface(runner, params)).values;
      const path = await runner.start("projectTrajectory", { ...params, points }).result;
      const length = distance(points[0].weights.theta, weights.theta);
      for (const [point, cell] of [
        [4, 0],
        [0, 1],
        [2, 2],
      ]) {
        expect(path.offPlane[point]).toBeLessThan(1e-5 * length);
        expectClose(path.loss[point], loss[cell]);
      }
      expect(path.offPlane[1]).toBeGreaterThan(1e-3 * length);
    },
  );

  it("has every model's own loss where statistics are interpolated between the models", async () => {
    const { runner, train } = await trained();
    const { points } = await train(spec);
    const places = [
      [4, 0, 0],
      [0, 1, 0],
      [2, 0, 1],
    ] as const;
    const statistics = places.map(([k, alpha, beta]) => ({ alpha, beta, state: points[k].weights.state }));
    const params = {
      spec,
      weights: points[4].weights,
      request: through(points, { statistics }),
      backend: "tfjs",
    } as const;
    const path = await runner.start("projectTrajectory", { ...params, points }).result;
    for (const [k] of places) {
      const own = { spec, weights: points[k].weights, subset: "train", backend: "tfjs" } as const;
      expectClose(path.loss[k], (await runner.start("evaluate", own).result).loss);
    }
  });
});
