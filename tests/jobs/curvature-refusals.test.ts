/** What curvature jobs refuse, with a message that says what would do; and that they can be cancelled at any moment. */
import { beforeAll, describe, expect, it } from "vitest";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { loadImages } from "../../src/data/load-images.ts";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import type { JobName, JobParams, JobRunner } from "../../src/jobs/jobs.ts";
import { createTestRunner } from "./in-memory.ts";
import { openTanhProblem, solve, type TanhProblem } from "./tanh-problem.ts";

const plane: SurfaceRequest = {
  x: { kind: "random", seed: 3 },
  y: { kind: "random", seed: 4 },
  normalization: "filter",
  biases: "ignore",
  orthogonalize: false,
  batchNorm: "frozen",
  subset: "train",
  alpha: { min: -1, max: 1, count: 3 },
  beta: { min: -1, max: 1, count: 3 },
};

type CurvatureJob =
  | "spectrum"
  | "density"
  | "trace"
  | "product"
  | "layers"
  | "subsets"
  | "quadraticModel"
  | "convexity";
type AllParams = { readonly [Name in CurvatureJob]: JobParams<Name> };

function soundParams({ params }: TanhProblem): AllParams {
  const { spec, weights, backend } = params;
  const ofPlane = { spec, weights, plane, backend } as const;
  return {
    spectrum: { ...params, ...solve, top: 2, bottom: 1 },
    density: { ...params, probes: 2, steps: 5 },
    trace: { ...params, method: "hutchinson", probes: 3 },
    product: { ...params, vector: weights.theta },
    layers: { ...params, ...solve, top: 2, probes: 2 },
    subsets: { ...params, ...solve, top: 2, batchSizes: [5], draws: 1, resampled: null },
    quadraticModel: ofPlane,
    convexity: { ...ofPlane, ...solve, alpha: plane.alpha, beta: plane.beta, seed: 1 },
  };
}

let problem: TanhProblem;
let sound: AllParams;
beforeAll(async () => {
  problem = await openTanhProblem();
  sound = soundParams(problem);
});

const names: readonly CurvatureJob[] = [
  "spectrum",
  "density",
  "trace",
  "product",
  "layers",
  "subsets",
  "quadraticModel",
  "convexity",
];

/** The job's result with some of its sound parameters replaced. */
function run<Name extends CurvatureJob>(
  name: Name,
  wrong: Partial<JobParams<Name>>,
  runner: JobRunner = problem.runner,
): Promise<unknown> {
  const params: JobParams<Name> = { ...(sound[name] as JobParams<Name>), ...wrong };
  return runner.start<JobName>(name, params).result;
}

describe.each(names)("%s", (name) => {
  it("refuses weights that are not finite", async () => {
    const theta = problem.params.weights.theta.slice();
    theta[100] = Number.NaN;
    const weights = { ...problem.params.weights, theta };
    await expect(run(name, { weights })).rejects.toThrow(/weights are not finite \(at place 100\)\. Take a checkpoint/);
  });

  it("refuses weights of another model", async () => {
    const weights = { theta: new Float32Array(20), state: new Float32Array() };
    await expect(run(name, { weights })).rejects.toThrow(/not those of MLP 4/);
  });

  it("refuses a set without examples", async () => {
    const runner = createTestRunner({
      loadImages: async (data, split) => {
        const set = await loadImages(data, split, { read: () => Promise.reject(new Error("not here")) });
        return { ...set, pixels: new Uint8Array(), labels: new Uint8Array(), count: 0 };
      },
    });
    await expect(run(name, {}, runner)).rejects.toThrow(/no examples\. Choose at least one/);
  });

  it("can be cancelled before it starts and leaves nothing behind", async () => {
    const backend = createReferenceBackend();
    const runner = createTestRunner({ createBackend: async () => ({ backend }) });
    const handle = runner.start<JobName>(name, sound[name]);
    handle.cancel();
    await expect(handle.result).rejects.toThrow("cancelled");
    expect(backend.memory.bytes).toBe(0);
  });
});

describe.each(["spectrum", "density", "trace", "product", "layers", "subsets"] as const)("%s", (name) => {
  it.each<[string, readonly string[], RegExp]>([
    ["empty", [], /No parameters are selected\. Name at least one of layers\.0\.weight/],
    ["unknown", ["features.*"], /No parameter is named "features\.\*"\. There are: layers\.0\.weight/],
  ])("refuses a selection that is %s", async (_, parameters, message) => {
    const request = { ...problem.params.request, parameters };
    await expect(run(name, { request } as Partial<AllParams[typeof name]>)).rejects.toThrow(message);
  });
});

describe.each(["spectrum", "layers", "subsets", "convexity"] as const)("%s", (name) => {
  it.each<[string, object, RegExp]>([
    ["tolerance 0", { tolerance: 0 }, /tolerance is 0; it must be a positive number/],
    ["a memory too small", { memoryBytes: 1000 }, /hold 0 vectors; .* at least/],
    ["no product", { maxProducts: 0 }, /maxProducts is 0/],
  ])("refuses %s", async (_, wrong, message) => {
    await expect(run(name, wrong)).rejects.toThrow(message);
  });
});

it.each<[CurvatureJob, string, object, RegExp]>([
  ["spectrum", "more pairs than numbers", { top: 12_342, bottom: 1 }, /12343 eigenpairs .* 12342 numbers/],
  ["subsets", "more pairs than numbers", { top: 12_343 }, /12343 eigenpairs .* ask for at most 12342/],
  ["subsets", "batches larger than the set", { batchSizes: [5, 13] }, /13 examples of 12: .* from 1 to 12/],
  ["subsets", "batches of half an example", { batchSizes: [2.5] }, /2\.5 examples/],
  ["subsets", "resamples larger than the set", { resampled: { size: 99, draws: 1 } }, /99 examples of 12/],
  ["subsets", "no draw", { draws: 0 }, /0 draws/],
  ["layers", "no pair", { top: 0 }, /No eigenpair is asked for/],
  ["layers", "no probe", { probes: 0 }, /0 probes/],
  ["trace", "no probe", { probes: 0 }, /0 probes/],
  ["density", "no probe", { probes: 0 }, /0 probes/],
  ["density", "no step", { steps: 0 }, /steps/],
  ["product", "a vector of another length", { vector: new Float32Array(5) }, /vector has 5 numbers, and MLP/],
  ["convexity", "a grid without points", { alpha: { min: 0, max: 1, count: 0 } }, /grid of 0 × 3/],
])("%s refuses %s", async (name, _, wrong, message) => {
  await expect(run(name, wrong)).rejects.toThrow(message);
});

it.each(["spectrum", "density", "trace", "layers", "subsets", "convexity"] as const)(
  "%s resolves with what is done when it is cancelled under way, and leaves nothing behind",
  async (name) => {
    const backend = createReferenceBackend();
    const runner = createTestRunner({ createBackend: async () => ({ backend }) });
    const handle = runner.start<typeof name>(name, sound[name]);
    for await (const event of handle.events) if (event.kind === "started") handle.cancel();
    expect((await handle.result).status).toBe("cancelled");
    expect(backend.memory.bytes).toBe(0);
  },
);

it("refuses a vector that is not finite", async () => {
  const vector = problem.params.weights.theta.slice();
  vector[3] = Number.POSITIVE_INFINITY;
  await expect(run("product", { vector })).rejects.toThrow(/Infinity at place 3/);
});

it.each(["quadraticModel", "convexity"] as const)("%s refuses directions of another model", async (name) => {
  const x = { kind: "vector", vector: new Float32Array(7), label: "mine" } as const;
  await expect(run(name, { plane: { ...plane, x } })).rejects.toThrow(/direction mine has 7 numbers/);
});
