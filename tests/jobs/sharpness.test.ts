/** The sharpness job against single evaluations, a Hessian by hand, and symmetries that leave the function alone. */
import { expect, it } from "vitest";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import { drawVector } from "../../src/curvature/vectors/draw.ts";
import { type SharpnessMeasure, type SharpnessRequest, usualMeasure } from "../../src/experiment/sharpness.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import type { BatchNormMode } from "../../src/experiment/surface.ts";
import type { Weights } from "../../src/experiment/weights.ts";
import type { JobRunner } from "../../src/jobs/jobs.ts";
import { modelOf } from "../../src/jobs/problem.ts";
import { normalizeDirection } from "../../src/landscape/normalize-direction.ts";
import { tensorOf } from "../../src/models/weights.ts";
import { jacobiEigenvalues } from "../curvature/dense.ts";
import { dot, norm } from "../tensor/vectors.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";
import { openTanhProblem } from "./tanh-problem.ts";

const requestOf = (
  measures: readonly SharpnessMeasure[],
  changes: Partial<SharpnessRequest> = {},
): SharpnessRequest => ({ subset: "train", batchNorm: "frozen", measures, seed: 3, ...changes });

const everyKind: readonly SharpnessMeasure[] = [
  { kind: "adaptive-average", radius: 0.3, count: 3 },
  { kind: "filter-average", radius: 0.3, count: 3 },
  { kind: "adaptive-worst", radius: 0.5, count: 3 },
  { kind: "plain-worst", radius: 0.2, count: 3 },
];

const reluSpec = smallSpec({ model: { name: "mlp", hidden: [8, 6], activation: "relu" } });

/** With biases that are not zero. */
async function reluWeights(runner: JobRunner): Promise<Weights> {
  const { theta, state } = await runner.start("initialize", { spec: reluSpec }).result;
  for (const entry of modelOf(reluSpec).layout.entries)
    if (entry.role === "bias")
      tensorOf(theta, entry).set(Float32Array.from({ length: entry.length }, (_, k) => 0.1 * Math.sin(k + 1)));
  return { theta, state };
}

/** Each layer but the last times c with its bias scaled along, the last divided by what came before: the same function. */
function rescale({ theta, state }: Weights, factor: number): Weights {
  const scaled = theta.slice();
  const factors: Record<string, number> = {
    "layers.0.weight": factor,
    "layers.0.bias": factor,
    "layers.2.weight": 1,
    "layers.2.bias": factor,
    "layers.4.weight": 1 / factor,
  };
  for (const entry of modelOf(reluSpec).layout.entries) {
    const tensor = tensorOf(scaled, entry);
    tensor.forEach((value, k) => {
      tensor[k] = value * (factors[entry.name] ?? 1);
    });
  }
  return { theta: scaled, state };
}

it("averages the rises at w + ρ·d over the draws that its seed names", async () => {
  const runner = createTestRunner();
  const weights = await reluWeights(runner);
  const evaluate = async (theta: Float32Array) => {
    const params = { spec: reluSpec, weights: { ...weights, theta }, subset: "test", backend: "reference" } as const;
    return (await runner.start("evaluate", params).result).loss;
  };
  const request = requestOf(everyKind.slice(0, 2), { subset: "test" });
  const handle = runner.start("sharpness", { spec: reluSpec, weights, request, backend: "reference" });
  const events = await collect(handle);
  const { loss, figures, status, report } = await handle.result;
  expect([status, report.examples]).toEqual(["complete", 20]);
  expect(loss).toBeCloseTo(await evaluate(weights.theta), 12);
  const { layout } = modelOf(reluSpec);
  const support = layout.entries.map(({ offset, length }) => ({ start: offset, length }));
  for (const [i, settings] of (
    [
      { normalization: "weight", biases: "include" },
      { normalization: "filter", biases: "ignore" },
    ] as const
  ).entries()) {
    const rises = [];
    for (const index of [0, 1, 2]) {
      const draw = drawVector({ length: layout.length, support }, "gaussian", 3, index);
      const direction = normalizeDirection(layout, weights.theta, draw, settings);
      rises.push((await evaluate(weights.theta.map((weight, k) => weight + 0.3 * direction[k]))) - loss);
    }
    const mean = (rises[0] + rises[1] + rises[2]) / 3;
    const error = Math.sqrt(rises.reduce((sum, rise) => sum + (rise - mean) ** 2, 0) / 6);
    expect(figures[i].value).toBeCloseTo(mean, 10);
    expect(figures[i].standardError).toBeCloseTo(error, 10);
    expect(figures[i]).toMatchObject({ kind: everyKind[i].kind, radius: 0.3, done: 3, status: "complete" });
  }
  expect(events.map(({ measure, estimate: figure }) => [measure, figure.done])).toEqual(
    [0, 1].flatMap((m) => [1, 2, 3].map((d) => [m, d])),
  );
  expect(events[2].estimate.value).toBe(figures[0].value);
});

it("begins with the closed form: δ = ρ·w²⊙g/‖w⊙g‖, or ρ·g/‖g‖", async () => {
  const runner = createTestRunner();
  const weights = await reluWeights(runner);
  const evaluate = async (theta: Float32Array) => {
    const params = { spec: reluSpec, weights: { ...weights, theta }, subset: "train", backend: "reference" } as const;
    return runner.start("evaluate", { ...params, gradient: true }).result;
  };
  const measures = everyKind.slice(2).map((measure) => ({ ...measure, count: 1 }));
  const params = { spec: reluSpec, weights, request: requestOf(measures), backend: "reference" } as const;
  const { figures } = await runner.start("sharpness", params).result;
  const { loss, gradient } = await evaluate(weights.theta);
  const rise = async (scale: Float32Array, radius: number) => {
    const length = norm(gradient!.map((value, k) => value * scale[k]));
    const moved = weights.theta.map((weight, k) => weight + (radius * scale[k] ** 2 * gradient![k]) / length);
    return (await evaluate(moved)).loss - loss;
  };
  expect(figures[0].value).toBeCloseTo(await rise(weights.theta, 0.5), 6);
  expect(figures[1].value).toBeCloseTo(await rise(new Float32Array(weights.theta.length).fill(1), 0.2), 6);
  expect(figures.map(({ standardError }) => standardError)).toEqual([null, null]);
});

it("finds on a small ball what the gradient and the Hessian by hand promise", async () => {
  const { runner, params, reduced } = await openTanhProblem();
  const radius = 0.01;
  const request = requestOf([{ kind: "plain-worst", radius, count: 30 }]);
  const { figures } = await runner.start("sharpness", { ...params, request }).result;
  const slope = reduced.gradient(reduced.parameters, reduced.all);
  const hessian = reduced.hessian([{ start: 0, end: reduced.parameters.length }]);
  // Second order about the steepest step, which is where the slope alone leads.
  const step = slope.map((value) => (radius * value) / norm(slope));
  const image = Float64Array.from(hessian, (row) => dot(row, step));
  const atStep = dot(slope, step) + dot(step, image) / 2;
  const most = radius * norm(slope) + (radius ** 2 / 2) * jacobiEigenvalues(hessian)[0];
  expect(figures[0].value).toBeGreaterThan(atStep * (1 - 1e-3));
  expect(figures[0].value).toBeLessThan(most * (1 + 1e-3));
  expect(most / atStep).toBeLessThan(1.2);
});

it("does not see layers rescaled, where SAM's sharpness does", async () => {
  const runner = createTestRunner();
  const weights = await reluWeights(runner);
  const measure = async (of: Weights) => {
    const request = requestOf(everyKind);
    return (await runner.start("sharpness", { spec: reluSpec, weights: of, request, backend: "reference" }).result)
      .figures;
  };
  const [before, after] = [await measure(weights), await measure(rescale(weights, 4))];
  const ratios = before.map(({ value }, k) => after[k].value / value);
  expect(ratios[0]).toBeCloseTo(1, 5);
  expect(ratios[2]).toBeCloseTo(1, 5);
  expect(Math.abs(ratios[3] - 1)).toBeGreaterThan(0.2);
  // Filters are scaled along; biases stay in both.
  expect(ratios[1]).toBeCloseTo(1, 5);
});

const vggSpec = (changes: Record<string, unknown> = {}): Spec =>
  smallSpec({
    model: { name: "vgg", depth: 11, width: 0.125 },
    data: { source: "synthetic", train: { count: 6, select: "first" }, test: { count: 4 } },
    training: { batchSize: 3, epochs: 1, learningRate: 0.02 },
    ...changes,
  });

it.each<BatchNormMode>(["frozen", "batch", "reestimated"])(
  "finds the same on float32 as in float64, statistics %s",
  async (batchNorm) => {
    const spec = vggSpec();
    const backend = await createTfjsBackend({ readKernels });
    const runner = createTestRunner({ createBackend: async () => ({ backend }) });
    const { weights } = (await runner.start("train", { runId: "test", spec, backend: "tfjs" }).result).checkpoint;
    const request = requestOf(
      everyKind.map((measure) => ({ ...measure, radius: measure.radius / 4, count: 2 })),
      { batchNorm },
    );
    const found = await runner.start("sharpness", { spec, weights, request, backend: "tfjs" }).result;
    const again = await runner.start("sharpness", { spec, weights, request, backend: "tfjs" }).result;
    const exact = await createTestRunner().start("sharpness", { spec, weights, request, backend: "reference" }).result;
    expect(again.figures).toEqual(found.figures);
    expect(found.loss / exact.loss).toBeCloseTo(1, 5);
    found.figures.forEach(({ value }, k) => {
      expect(Math.abs(value / exact.figures[k].value - 1)).toBeLessThan(2e-3);
    });
  },
);

it("frozen statistics see a convolution rescaled, and re-estimated ones do not", async () => {
  const spec = vggSpec({ training: { batchSize: 6, epochs: 1, learningRate: 0.02 } });
  const backend = await createTfjsBackend({ readKernels });
  const runner = createTestRunner({ createBackend: async () => ({ backend }) });
  const weights = await runner.start("initialize", { spec }).result;
  const scaled = { ...weights, theta: weights.theta.slice() };
  const { entries } = modelOf(spec).layout;
  const convolution = tensorOf(scaled.theta, entries.find(({ name }) => name === "features.4.weight")!);
  convolution.forEach((value, k) => {
    convolution[k] = 2 * value;
  });
  const value = async (of: Weights, batchNorm: BatchNormMode) => {
    const request = requestOf([{ kind: "filter-average", radius: 0.2, count: 2 }], { batchNorm });
    return (await runner.start("sharpness", { spec, weights: of, request, backend: "tfjs" }).result).figures[0].value;
  };
  const ratio = async (mode: BatchNormMode) => (await value(scaled, mode)) / (await value(weights, mode));
  expect(await ratio("reestimated")).toBeCloseTo(1, 2);
  expect(Math.abs((await ratio("frozen")) - 1)).toBeGreaterThan(0.05);
});

it("keeps what is done when it is cancelled", async () => {
  const runner = createTestRunner();
  const weights = await reluWeights(runner);
  const measures = everyKind.map((measure) => ({ ...measure, count: 50 }));
  const handle = runner.start("sharpness", {
    spec: reluSpec,
    weights,
    request: requestOf(measures),
    backend: "reference",
  });
  for await (const { measure, estimate: figure } of handle.events)
    if (measure === 2 && figure.done === 2) handle.cancel();
  const { status, figures } = await handle.result;
  expect(status).toBe("cancelled");
  expect(figures.map((figure) => [figure.kind, figure.status])).toEqual([
    ["adaptive-average", "complete"],
    ["filter-average", "complete"],
    ["adaptive-worst", "cancelled"],
  ]);
  expect(figures[2].done).toBeGreaterThanOrEqual(2);
  expect(figures[2].value).toBeGreaterThan(0);
});

it("says where the loss is not finite", async () => {
  const runner = createTestRunner();
  const weights = await reluWeights(runner);
  const run = (of: Weights, measures: readonly SharpnessMeasure[]) =>
    runner.start("sharpness", { spec: reluSpec, weights: of, request: requestOf(measures), backend: "reference" })
      .result;
  const lastBias = modelOf(reluSpec).layout.entries.find(({ name }) => name === "layers.4.bias")!.offset;
  const [own, far] = [
    await run({ ...weights, theta: weights.theta.with(lastBias, Number.NaN) }, everyKind),
    await run(weights, [
      { kind: "adaptive-average", radius: 1e38, count: 4 },
      { kind: "plain-worst", radius: 0.1, count: 1 },
    ]),
  ];
  expect([own.status, own.figures]).toEqual(["non-finite", []]);
  expect(far.status).toBe("non-finite");
  expect(far.figures.map(({ status }) => status)).toEqual(["non-finite", "complete"]);
});

it("refuses radii and counts that say nothing", async () => {
  const { runner, params } = await openTanhProblem();
  const refused = (changes: Partial<SharpnessMeasure>) =>
    runner.start("sharpness", { ...params, request: requestOf([{ ...usualMeasure("adaptive-worst"), ...changes }]) })
      .result;
  await expect(refused({ radius: 0 })).rejects.toThrow(/above 0/);
  await expect(refused({ radius: Number.NaN })).rejects.toThrow(/above 0/);
  await expect(refused({ count: 0.5 })).rejects.toThrow(/whole number/);
});
