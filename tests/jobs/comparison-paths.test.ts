/** Lines and planes between models: with float64 arithmetic, so that what should be equal is. */

import { beforeAll, describe, expect, it, vi } from "vitest";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { distance } from "../../src/comparison/parameter-distances.ts";
import { permuteWeights } from "../../src/comparison/permute-weights.ts";
import type { PathBatchNorm } from "../../src/experiment/comparison.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import type { Weights } from "../../src/experiment/weights.ts";
import type { LineParams, ModelPlaneParams } from "../../src/jobs/comparison-jobs.ts";
import type { JobRunner } from "../../src/jobs/jobs.ts";
import { modelOf } from "../../src/jobs/problem.ts";
import { WorkerCrashedError } from "../../src/protocol/link.ts";
import { drawPermutations, drawWeights } from "../comparison/nets.ts";
import { measureSurface } from "./collect-surface.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

const mlp = smallSpec({ init: { scheme: "xavier-normal", seed: 1 } });
const vgg = smallSpec({
  model: { name: "vgg", depth: 11, width: 0.125, batchNorm: true },
  data: { source: "synthetic", train: { count: 4, select: "first" }, test: { count: 2 } },
  training: { batchSize: 4, learningRate: 0.01, epochs: 1 },
});
const weightsOf = (spec: Spec, seed: number) => drawWeights(modelOf(spec), seed);
const own = (runner: JobRunner, spec: Spec, weights: Weights, subset: "train" | "test") =>
  runner.start("evaluate", { spec, weights, subset, backend: "reference" }).result;

async function trained(seed: number): Promise<Weights> {
  const spec = smallSpec({ init: { scheme: "xavier-normal", seed } });
  const { checkpoint } = await createTestRunner().start("train", { runId: "r", spec, backend: "reference" }).result;
  return checkpoint.weights;
}
const lineParams = (spec: Spec, from: Weights, to: Weights, changes: Partial<LineParams> = {}): LineParams => ({
  spec,
  from,
  to,
  points: 5,
  batchNorm: "interpolated",
  match: false,
  seed: 1,
  backend: "reference",
  ...changes,
});

/** Of a model by itself: a surface of one point. */
async function lossMeasuredAnew(weights: Weights, subset: "train" | "test"): Promise<number> {
  const request: SurfaceRequest = {
    x: { kind: "random", seed: 1 },
    y: null,
    normalization: "filter",
    biases: "ignore",
    orthogonalize: false,
    batchNorm: "reestimated",
    subset,
    alpha: { min: -1, max: 1, count: 1 },
    beta: { min: -1, max: 1, count: 1 },
  };
  const params = { spec: vgg, weights, request, backend: "reference" } as const;
  return (await measureSurface(createTestRunner(), params)).values.loss[0];
}

describe("the line between two models", () => {
  let [a, b]: Weights[] = [];
  beforeAll(async () => {
    [a, b] = [await trained(1), await trained(2)];
  });

  it("has the models' own figures at its ends, and those of the weights between them in between", async () => {
    const runner = createTestRunner();
    const handle = runner.start("line", lineParams(mlp, a, b));
    const events = await collect(handle);
    const { raw, matched, report } = await handle.result;
    expect(matched).toBeNull();
    expect([...raw.t]).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(events.map((event) => event.kind === "point" && event.index).sort()).toEqual([0, 1, 2, 3, 4]);
    const quarter = { theta: a.theta.map((value, k) => 0.75 * value + 0.25 * b.theta[k]), state: a.state };
    for (const split of ["train", "test"] as const) {
      const [first, middle, last] = await Promise.all(
        [a, quarter, b].map((weights) => own(runner, mlp, weights, split)),
      );
      expect(raw[split].loss[0]).toBe(first.loss);
      expect(raw[split].loss[4]).toBe(last.loss);
      expect(raw[split].accuracy[4]).toBe(last.accuracy);
      expect(raw[split].loss[1]).toBeCloseTo(middle.loss, 6);
      expect(raw[split].examples).toBe(first.count);
      const heights = [...raw[split].loss].map((loss, k) => loss - ((4 - k) * first.loss + k * last.loss) / 4);
      expect(raw[split].barrier.height).toBeCloseTo(Math.max(0, ...heights), 12);
    }
    expect(raw.train.barrier.height).toBeGreaterThan(0.01);
    expect(report).toMatchObject({ batchNorm: "interpolated", spec: mlp });
  });

  it("is flat to a permuted copy once that is matched", async () => {
    const permuted = permuteWeights(modelOf(mlp), a, drawPermutations(modelOf(mlp), 3));
    const handle = createTestRunner().start("line", lineParams(mlp, a, permuted, { match: true }));
    const kinds = (await collect(handle)).map((event) => (event.kind === "point" ? event.path : event.kind));
    const { raw, matched } = await handle.result;
    expect(new Set(kinds)).toEqual(new Set(["raw", "layer", "matched"]));
    expect(raw.train.barrier.height).toBeGreaterThan(0.01);
    expect(matched?.figures.train.barrier.height).toBe(0);
    expect(new Set(matched?.figures.train.loss).size).toBe(1);
    expect(matched?.matching.distanceAfter).toBe(0);
  });

  it("has the same figures from several workers, and fails with the error of one", async () => {
    const shared = createTestRunner({ helpers: () => [createTestRunner(), createTestRunner()] });
    const params = lineParams(mlp, a, b, { points: 7, match: true });
    const handle = shared.start("line", params);
    const events = await collect(handle);
    const [one, two] = [await createTestRunner().start("line", params).result, await handle.result];
    expect(two.raw).toEqual(one.raw);
    expect(two.matched?.figures).toEqual(one.matched?.figures);
    expect(events.filter(({ kind }) => kind === "point")).toHaveLength(14);

    const dying: JobRunner = {
      start: () => ({
        events: (async function* () {})(),
        result: Promise.reject(new WorkerCrashedError("A worker thread stopped: out of memory")),
        control: () => {},
        cancel: () => {},
      }),
    };
    const failing = createTestRunner({ helpers: () => [createTestRunner(), dying] }).start("line", params);
    await expect(failing.result).rejects.toBeInstanceOf(WorkerCrashedError);

    const cancelled = createTestRunner({ helpers: () => [createTestRunner(), createTestRunner()] });
    const long = cancelled.start("line", { ...params, points: 400 });
    for await (const _ of long.events) long.cancel();
    await expect(long.result).rejects.toThrow(/cancelled/);
  });

  it("stops when cancelled, and refuses a single point", async () => {
    const runner = createTestRunner();
    const handle = runner.start("line", lineParams(mlp, a, b, { points: 200 }));
    for await (const _ of handle.events) handle.cancel();
    await expect(handle.result).rejects.toThrow(/cancelled/);
    await expect(runner.start("line", lineParams(mlp, a, b, { points: 1 })).result).rejects.toThrow(/Give at least 2/);
  });
});

describe("BatchNorm on a line", () => {
  const [a, b] = [weightsOf(vgg, 1), weightsOf(vgg, 2)];
  const lossAlong = async (batchNorm: PathBatchNorm, points = 3) => {
    const { raw } = await createTestRunner().start("line", lineParams(vgg, a, b, { batchNorm, points })).result;
    return [...raw.test.loss];
  };
  const mix = (x: Float32Array, y: Float32Array) => x.map((value, k) => (value + y[k]) / 2);

  it("interpolates the statistics, keeps the first model's, or measures them anew", async () => {
    const runner = createTestRunner();
    const theta = mix(a.theta, b.theta);
    const loss = async (weights: Weights) => (await own(runner, vgg, weights, "test")).loss;
    const [first, between, last] = await lossAlong("interpolated");
    expect(first).toBe(await loss(a));
    expect(last).toBe(await loss(b));
    expect(between).toBeCloseTo(await loss({ theta, state: mix(a.state, b.state) }), 4);
    const frozen = await lossAlong("frozen");
    expect(frozen[0]).toBe(first);
    expect(frozen[1]).toBeCloseTo(await loss({ theta, state: a.state }), 4);
    expect(frozen[2]).toBe(await loss({ theta: b.theta, state: a.state }));
    const anew = await lossAlong("reestimated", 2);
    expect(anew[1]).toBe(await lossMeasuredAnew(b, "test"));
  });
});

it("measures statistics anew once for every point, whatever the number of sets", async () => {
  const backend = createReferenceBackend();
  let estimates = 0;
  const compile = backend.compile.bind(backend);
  vi.spyOn(backend, "compile").mockImplementation(async (program, bindings) => {
    const executable = await compile(program, bindings);
    if ("state" in program.outputs) {
      const run = executable.run.bind(executable);
      vi.spyOn(executable, "run").mockImplementation((feeds) => {
        estimates += feeds.length;
        return run(feeds);
      });
    }
    return executable;
  });
  const runner = createTestRunner({ createBackend: async () => ({ backend }) });
  const params = lineParams(vgg, weightsOf(vgg, 1), weightsOf(vgg, 2), { batchNorm: "reestimated", points: 4 });
  await runner.start("line", params).result;
  // The four training images are one batch.
  expect(estimates).toBe(4);
});

describe("the plane through three models", () => {
  const planeParams = (
    spec: Spec,
    weights: readonly Weights[],
    changes: Partial<ModelPlaneParams> = {},
  ): ModelPlaneParams => {
    const [a, b, c] = weights.map((one, k) => ({ label: "abc"[k], weights: one }));
    const rest = {
      columns: 3,
      rows: 3,
      margin: 0.2,
      subset: "train",
      batchNorm: "interpolated",
      backend: "reference",
    } as const;
    return { spec, models: [a, b, c], ...rest, ...changes };
  };

  it.each([
    ["an MLP", mlp, "interpolated"],
    ["VGG11 with BatchNorm", vgg, "interpolated"],
  ] as const)("has the models' own losses where they are marked: %s", async (_, spec, batchNorm) => {
    const runner = createTestRunner();
    const weights = [1, 2, 3].map((seed) => weightsOf(spec, seed));
    const { marks, request } = await runner.start("plane", planeParams(spec, weights, { batchNorm })).result;
    for (const [k, mark] of marks.entries()) {
      const { loss } = await own(runner, spec, weights[k], "train");
      expect(mark.own.loss).toBe(loss);
      expect(Math.abs(mark.inPlane.loss / loss - 1)).toBeLessThan(1e-6);
      expect(request.alpha.min).toBeLessThan(mark.alpha);
      expect(request.alpha.max).toBeGreaterThan(mark.alpha);
      expect(request.beta.min).toBeLessThan(mark.beta);
      expect(request.beta.max).toBeGreaterThan(mark.beta);
    }
    const [a, b, c] = marks;
    const apart = (x: number, y: number) => distance(weights[x].theta, weights[y].theta);
    expect([a.alpha, a.beta, c.beta]).toEqual([0, 0, 0]);
    expect(c.alpha / apart(0, 2)).toBeCloseTo(1, 7);
    expect(Math.hypot(b.alpha, b.beta) / apart(0, 1)).toBeCloseTo(1, 6);
    expect(Math.hypot(b.alpha - c.alpha, b.beta) / apart(1, 2)).toBeCloseTo(1, 6);
  });

  it("holds them with the first model's statistics frozen, and with statistics measured anew", async () => {
    const runner = createTestRunner();
    const weights = [1, 2, 3].map((seed) => weightsOf(vgg, seed));
    const marksOf = async (batchNorm: PathBatchNorm) =>
      (await runner.start("plane", planeParams(vgg, weights, { batchNorm })).result).marks;
    for (const [k, { inPlane }] of (await marksOf("frozen")).entries()) {
      const { loss } = await own(runner, vgg, { theta: weights[k].theta, state: weights[0].state }, "train");
      expect(Math.abs(inPlane.loss / loss - 1)).toBeLessThan(1e-6);
    }
    for (const [k, { inPlane }] of (await marksOf("reestimated")).entries()) {
      const loss = await lossMeasuredAnew(weights[k], "train");
      expect(Math.abs(inPlane.loss / loss - 1)).toBeLessThan(1e-6);
    }
  });

  it("is measured as a surface, which passes through the models too", async () => {
    const runner = createTestRunner();
    const weights = [1, 2, 3].map((seed) => weightsOf(mlp, seed));
    const { marks, request } = await runner.start("plane", planeParams(mlp, weights)).result;
    // A grid with the second model in its middle.
    const [, { alpha, beta }] = marks;
    const around = {
      ...request,
      alpha: { min: alpha - 1, max: alpha + 1, count: 3 },
      beta: { min: beta - 1, max: beta + 1, count: 3 },
    };
    const params = { spec: mlp, weights: weights[0], request: around, backend: "reference" } as const;
    const { values, report } = await measureSurface(runner, params);
    expect(Math.abs(values.loss[4] / marks[1].own.loss - 1)).toBeLessThan(1e-6);
    expect(report.request).toMatchObject({ x: "from a to c", y: "towards b", batchNorm: "interpolated" });
    expect("statistics" in report.request).toBe(false);
  });

  it("projects further weights onto itself and says how far off they are", async () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((seed) => weightsOf(mlp, seed));
    const projected = [b.theta, d.theta];
    const plane = await createTestRunner().start("plane", planeParams(mlp, [a, b, c], { projected })).result;
    const [own, other] = plane.projected;
    expect(own.alpha).toBeCloseTo(plane.marks[1].alpha, 5);
    expect(own.beta).toBeCloseTo(plane.marks[1].beta, 5);
    expect(own.offPlane).toBeLessThan(1e-2);
    // The nearest point of span{c − a, b − a} to d − a, by its normal equations in float64.
    const way = (to: Weights) => Array.from(to.theta, (value, k) => value - a.theta[k]);
    const product = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, k) => sum + value * y[k], 0);
    const [p, q, r] = [way(c), way(b), way(d)];
    const [pp, pq, qq, pr, qr] = [product(p, p), product(p, q), product(q, q), product(p, r), product(q, r)];
    const determinant = pp * qq - pq * pq;
    const [s, t] = [(pr * qq - qr * pq) / determinant, (qr * pp - pr * pq) / determinant];
    const off = Math.sqrt(r.reduce((sum, value, k) => sum + (value - s * p[k] - t * q[k]) ** 2, 0));
    expect(other.offPlane).toBeCloseTo(off, 4);
    expect(Math.hypot(other.alpha, other.beta)).toBeCloseTo(Math.sqrt(product(r, r) - off * off), 4);
  });

  it("refuses three models on a line", async () => {
    const [a, b] = [1, 2].map((seed) => weightsOf(mlp, seed));
    const between = { ...a, theta: a.theta.map((value, k) => (value + b.theta[k]) / 2) };
    const refused = createTestRunner().start("plane", planeParams(mlp, [a, between, b])).result;
    await expect(refused).rejects.toThrow(/lie on one line/);
  });
});
