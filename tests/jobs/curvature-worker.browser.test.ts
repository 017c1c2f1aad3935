/** Curvature jobs of the page's worker on WebGPU against the same on the float64 reference, figure by figure. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import type { Weights } from "../../src/experiment/weights.ts";
import type { JobEvent } from "../../src/jobs/jobs.ts";
import { createWorkerRunner, type WorkerRunner } from "../../src/protocol/client.ts";

const spec = parseSpec({
  model: { name: "mlp", hidden: [8], activation: "tanh" },
  data: { source: "synthetic", train: { count: 30, select: "balanced" }, test: { count: 10 } },
  training: { learningRate: 0.02, batchSize: 10, epochs: 4 },
});
const request = {
  operator: "hessian",
  subset: "train",
  batchNorm: "frozen",
  parameters: ["*"],
  filterScaled: false,
  seed: 1,
} as const;
const plane: SurfaceRequest = {
  x: { kind: "random", seed: 1 },
  y: { kind: "random", seed: 2 },
  normalization: "filter",
  biases: "ignore",
  orthogonalize: false,
  batchNorm: "frozen",
  subset: "train",
  alpha: { min: -1, max: 1, count: 3 },
  beta: { min: -1, max: 1, count: 3 },
};
const solve = { tolerance: 1e-4, maxProducts: 200, memoryBytes: 2 ** 28 } as const;
const backends = ["webgpu", "reference"] as const;
const bound = 1e-4;

let runner: WorkerRunner;
let weights: Weights;
beforeAll(async () => {
  runner = createWorkerRunner(new Worker(new URL("../../workers/compute.ts", import.meta.url), { type: "module" }));
  const trained = await runner.start("train", { runId: "test", spec, backend: "reference" }).result;
  weights = trained.checkpoint.weights;
});
afterAll(() => runner.close());

function expectAlike(found: ArrayLike<number>, expected: ArrayLike<number>, scale: number): void {
  expect(found).toHaveLength(expected.length);
  Array.from(expected).forEach((value, i) => {
    expect(Math.abs(found[i] - value) / scale).toBeLessThan(bound);
  });
}

it("finds the same layers, and streams what it returns", async () => {
  const run = async (backend: (typeof backends)[number]) => {
    const handle = runner.start("layers", { spec, weights, request, backend, ...solve, top: 2, probes: 4 });
    const events: JobEvent<"layers">[] = [];
    for await (const event of handle.events) events.push(event);
    const result = await handle.result;
    expect(events.flatMap((event) => (event.kind === "layer" ? [event.layer] : []))).toEqual(result.layers);
    return result.layers;
  };
  const [found, expected] = [await run("webgpu"), await run("reference")];
  expect(found.map(({ name }) => name)).toEqual(["layers.0", "layers.2"]);
  found.forEach((layer, i) => {
    const { eigenvalues, trace, frobeniusNorm } = expected[i];
    expectAlike(layer.eigenvalues, eigenvalues, eigenvalues[0]);
    expectAlike([layer.trace.mean], [trace.mean], frobeniusNorm.mean);
    expectAlike([layer.frobeniusNorm.mean], [frobeniusNorm.mean], frobeniusNorm.mean);
  });
});

it("finds the same subsets", async () => {
  const run = async (backend: (typeof backends)[number]) => {
    const samples = { batchSizes: [10], draws: 2, resampled: { size: 30, draws: 1 } };
    const params = { spec, weights, request, backend, ...solve, ...samples, top: 2 };
    return (await runner.start("subsets", params).result).samples;
  };
  const [found, expected] = [await run("webgpu"), await run("reference")];
  expect(found).toHaveLength(4);
  found.forEach((sample, i) => {
    expectAlike(sample.eigenvalues, expected[i].eigenvalues, expected[i].eigenvalues[0]);
    // Eigenvectors are right to the residual over the gap.
    expect(Math.abs(sample.overlap - expected[i].overlap)).toBeLessThan(1e-2);
  });
});

it("finds the same quadratic model and convexity", async () => {
  const model = (backend: (typeof backends)[number]) =>
    runner.start("quadraticModel", { spec, weights, plane, backend }).result;
  const [found, expected] = [await model("webgpu"), await model("reference")];
  expectAlike([found.loss], [expected.loss], expected.loss);
  expectAlike(found.gradient, expected.gradient, Math.hypot(...expected.gradient));
  expectAlike(found.hessian, expected.hessian, Math.hypot(...expected.hessian));

  const map = (backend: (typeof backends)[number]) => {
    const grid = { alpha: { min: -0.5, max: 0.5, count: 2 }, beta: { min: 0, max: 1, count: 1 }, tolerance: 1e-3 };
    return runner.start("convexity", { spec, weights, plane, backend, ...solve, ...grid, seed: 1 }).result;
  };
  const [points, wanted] = [await map("webgpu"), await map("reference")];
  expect(points.unconverged).toBe(0);
  expectAlike(points.largest, wanted.largest, Math.max(...wanted.largest));
  expectAlike(points.smallest, wanted.smallest, Math.max(...wanted.largest));
});
