/** Models, losses and optimisers against PyTorch's float64 figures, on the reference backend. */
import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import type { ModelSpec } from "../../src/architectures/specs.ts";
import type { DeviceTensor, HostArray } from "../../src/backends/backend.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { cifar10Facts } from "../../src/data/sets/cifar10/facts.ts";
import { traceEvaluation } from "../../src/execution/programs/evaluation.ts";
import { traceGradient } from "../../src/execution/programs/gradient.ts";
import type { Layout } from "../../src/models/layout.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import type { LossFunction } from "../../src/models/losses/loss.ts";
import { meanSquaredError } from "../../src/models/losses/mean-squared-error.ts";
import { unpackTensors } from "../../src/models/state-dict.ts";
import { createAdam } from "../../src/training/optimizers/adam.ts";
import type { Optimizer } from "../../src/training/optimizers/optimizer.ts";
import { createSgd } from "../../src/training/optimizers/sgd.ts";
import { momentName, traceTrainStep } from "../../src/training/train-step.ts";
import { type FigureCase, figures, hashedImages, hashedWeights, type Summary, summaryError } from "./fixture.ts";

const image = { height: 32, width: 32, channels: 3 };
const vgg = (batchNorm: boolean): ModelSpec => ({ name: "vgg", depth: 11, width: 1 / 8, batchNorm, classes: 10 });
const mlp = (activation: "relu" | "tanh"): ModelSpec => ({ name: "mlp", hidden: [16, 12], activation, classes: 10 });

const cases: { name: FigureCase; spec: ModelSpec; loss: LossFunction }[] = [
  { name: "vgg11", spec: vgg(false), loss: crossEntropy },
  { name: "vgg11BatchNorm", spec: vgg(true), loss: crossEntropy },
  { name: "mlpRelu", spec: mlp("relu"), loss: crossEntropy },
  { name: "mlpTanh", spec: mlp("tanh"), loss: crossEntropy },
  { name: "mlpTanhSquaredError", spec: mlp("tanh"), loss: meanSquaredError },
];

const optimizers = {
  sgd: { create: () => createSgd({ momentum: 0.9, nesterov: true, weightDecay: 5e-4 }), learningRate: 0.05 },
  plainSgd: { create: () => createSgd({ momentum: 0, nesterov: false, weightDecay: 0 }), learningRate: 0.05 },
  adam: {
    create: () => createAdam({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 5e-4 }),
    learningRate: 1e-3,
  },
} satisfies Record<string, { create: () => Optimizer; learningRate: number }>;

const tolerance = 1e-9;

describe.each(cases)("$name", ({ name, spec, loss }) => {
  const expected = figures[name];
  const model = createModel(spec, image);
  const count = expected.batch;
  const source = { count, pixelNormalization: cifar10Facts.pixelNormalization };
  const weights = hashedWeights(model, Object.keys(expected.shapes));

  /** Tensors on a reference backend: theta, state and the batch. */
  function setUp() {
    const backend = createReferenceBackend();
    const images = hashedImages(count);
    const vector = (layout: Layout, data?: HostArray) =>
      backend.createTensor({ dtype: "float", shape: [layout.length] }, data);
    const theta = vector(model.layout, weights.theta);
    const state: Record<string, DeviceTensor> =
      model.stateLayout.length > 0 ? { state: vector(model.stateLayout, weights.state) } : {};
    const batch = {
      pixels: backend.createTensor({ dtype: "byte", shape: [count, 3, 32, 32] }, images.pixels),
      labels: backend.createTensor({ dtype: "int", shape: [count] }, images.labels),
      indices: backend.createTensor(
        { dtype: "int", shape: [count] },
        Int32Array.from({ length: count }, (_, i) => i),
      ),
      draws: backend.createTensor({ dtype: "int", shape: [count, 3] }),
    };
    return { backend, vector, theta, state, batch };
  }

  function expectTensors(layout: Layout, flat: HostArray, wanted: Readonly<Record<string, Summary>>) {
    if (!(flat instanceof Float64Array)) throw new TypeError("expected float64");
    for (const { name: tensor, data } of unpackTensors(layout, flat)) {
      // Under batch statistics the loss does not depend on a convolution's bias: both sides hold rounding only.
      if (wanted[tensor].norm < 1e-12) expect(Math.hypot(...data), tensor).toBeLessThan(1e-12);
      else expect(summaryError(data, wanted[tensor]), tensor).toBeLessThan(tolerance);
    }
  }

  it("has PyTorch's names and shapes", () => {
    const shapes = Object.fromEntries(
      [...model.layout.entries, ...model.stateLayout.entries].map((entry) => [entry.name, entry.torchShape]),
    );
    const wanted = Object.entries(expected.shapes).filter(([tensor]) => !tensor.endsWith("num_batches_tracked"));
    expect(shapes).toEqual(Object.fromEntries(wanted));
    expect(model.layout.count).toBe(expected.parameters);
  });

  it("evaluates to PyTorch's loss with running and with batch statistics", async () => {
    const { backend, theta, state, batch } = setUp();
    for (const [mode, wanted] of [
      ["frozen", expected.frozenLoss],
      ["batch", expected.loss],
    ] as const) {
      const program = traceEvaluation(model, loss, mode, source, count);
      const executable = await backend.compile(program, { inputs: { theta, ...state, ...batch } });
      const [figure] = await executable.run([{}]);
      expect(Math.abs(figure.loss[0] / wanted - 1)).toBeLessThan(tolerance);
      if (mode === "batch") expect(figure.correct[0]).toBe(expected.correct);
    }
  });

  it("has PyTorch's gradient with frozen statistics", async () => {
    const { backend, vector, theta, state, batch } = setUp();
    const gradient = vector(model.layout);
    const executable = await backend.compile(traceGradient(model, loss, source, count), {
      inputs: { theta, ...state, gradient, ...batch },
      outputs: { gradient },
    });
    await executable.run([{ scale: Float64Array.of(1 / count) }]);
    expectTensors(model.layout, await backend.read(gradient), expected.frozenGradient);
  });

  it("has PyTorch's gradient with batch statistics", async () => {
    const { backend, theta, state, batch } = setUp();
    const before = (await backend.read(theta)) as Float64Array;
    const optimizer = createSgd({ momentum: 0, nesterov: false, weightDecay: 0 });
    const executable = await backend.compile(traceTrainStep(model, loss, optimizer, source, count), {
      inputs: { theta, ...state, ...batch },
      outputs: { theta, ...state },
    });
    await executable.run([{ learningRate: Float64Array.of(-1) }]);
    const after = (await backend.read(theta)) as Float64Array;
    expectTensors(
      model.layout,
      after.map((value, k) => value - before[k]),
      expected.gradient,
    );
    if ("state" in state) expectTensors(model.stateLayout, await backend.read(state.state), expected.stateAfter);
  });

  it.each(Object.keys(optimizers) as (keyof typeof optimizers)[])("takes PyTorch's steps with %s", async (name) => {
    const { create, learningRate } = optimizers[name];
    const optimizer = create();
    const { backend, vector, theta, state, batch } = setUp();
    const moments = Object.fromEntries(
      Array.from({ length: optimizer.momentCount }, (_, i) => [momentName(i), vector(model.layout)]),
    );
    const executable = await backend.compile(traceTrainStep(model, loss, optimizer, source, count), {
      inputs: { theta, ...state, ...moments, ...batch },
      outputs: { theta, ...state, ...moments },
    });
    const feeds = [0, 1, 2].map((step) =>
      Object.fromEntries(
        Object.entries(optimizer.scalars(step, learningRate)).map(([scalar, value]) => [
          scalar,
          Float64Array.of(value),
        ]),
      ),
    );
    const fetched = await executable.run(feeds);
    fetched.forEach((figure, step) => {
      expect(Math.abs(figure.loss[0] / expected[name].losses[step] - 1), `loss ${step}`).toBeLessThan(tolerance);
    });
    const wanted: Record<string, Summary> = expected[name].tensors;
    expectTensors(model.layout, await backend.read(theta), wanted);
    if ("state" in state) expectTensors(model.stateLayout, await backend.read(state.state), wanted);
  });
});
