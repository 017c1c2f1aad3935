/** The identities that any surface obeys, and the measurement's own: its centre, its order, its agreement with plain evaluation. */
import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import type { ModelSpec } from "../../src/architectures/specs.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { cifar10Facts } from "../../src/data/sets/cifar10/facts.ts";
import { evenMicroBatches, loaderMicroBatches } from "../../src/execution/micro-batches.ts";
import { WorkWindow } from "../../src/execution/work-window.ts";
import {
  DirectionDraws,
  type DirectionRequest,
  type PlaneRequest,
  prepareDirections,
} from "../../src/landscape/directions.ts";
import { measureCells } from "../../src/landscape/measure-cells.ts";
import { type BatchNormMode, PlaneEvaluator } from "../../src/landscape/plane-evaluator.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import type { Model } from "../../src/models/model.ts";
import { type FlatWeights, tensorOf } from "../../src/models/weights.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import { smallImages } from "../training/small-problem.ts";

const relu = createModel(
  { name: "mlp", hidden: [7, 5], activation: "relu", classes: 10 },
  { height: 4, width: 4, channels: 3 },
);
const images = smallImages(30, 4);
const alpha = Float64Array.of(-0.8, 0, 0.5);
const beta = Float64Array.of(-0.3, 0, 1);

interface SliceOptions {
  readonly batchNorm?: BatchNormMode;
  readonly largestBatch?: number;
  readonly request?: Partial<PlaneRequest>;
}

/** Loss at the nine points, by cell. */
async function slice(
  model: Model,
  weights: FlatWeights,
  { batchNorm = "frozen", largestBatch = 13, request }: SliceOptions = {},
) {
  const backend = createReferenceBackend();
  const evaluator = await PlaneEvaluator.create({
    backend,
    model,
    loss: crossEntropy,
    images,
    training: images,
    pixelNormalization: cifar10Facts.pixelNormalization,
    batchNorm,
    microBatches: evenMicroBatches(images.count, largestBatch),
    statisticsBatches: loaderMicroBatches(images.count, 8),
  });
  const directions = prepareDirections(
    model,
    weights.theta,
    {
      x: { kind: "random", seed: 1 },
      y: { kind: "random", seed: 2 },
      normalization: "filter",
      biases: "ignore",
      orthogonalize: false,
      ...request,
    },
    new DirectionDraws(),
  );
  evaluator.place(weights, directions);
  const loss = new Float64Array(9);
  const order: number[] = [];
  await measureCells({
    evaluator,
    alpha,
    beta,
    cells: [4, 0, 8, 1, 2, 3, 5, 6, 7],
    window: new WorkWindow(),
    onTile: (tile) =>
      tile.cells.forEach((cell, i) => {
        loss[cell] = tile.loss[i];
        order.push(cell);
      }),
  });
  evaluator.dispose();
  expect(backend.memory.bytes).toBe(0);
  expect(order).toEqual([4, 0, 8, 1, 2, 3, 5, 6, 7]);
  return { loss, directions };
}

/** Scales tensor `name` (and its bias) by `factor`. */
function rescale(model: Model, weights: FlatWeights, factors: Readonly<Record<string, number>>): FlatWeights {
  const theta = weights.theta.slice();
  for (const entry of model.layout.entries) {
    const factor = factors[entry.name] ?? 1;
    const tensor = tensorOf(theta, entry);
    tensor.set(tensor.map((value) => value * factor));
  }
  return { theta, state: weights.state };
}

const largestDifference = (a: Float64Array, b: Float64Array) =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]) / Math.abs(value)));

describe("identity 4: a rescaled bias-free ReLU net", () => {
  // The initial biases are 0, and the directions leave them there: the net is bias-free.
  const weights = drawInitialWeights(relu, { scheme: "he-normal", seed: 3 });
  // Powers of two, so that rescaling itself rounds nothing.
  const rescaled = rescale(relu, weights, { "layers.0.weight": 8, "layers.2.weight": 1 / 4, "layers.4.weight": 1 / 2 });

  it.each(["filter", "layer"] as const)("has the same %s-normalised slices", async (normalization) => {
    const [before, after] = await Promise.all([
      slice(relu, weights, { request: { normalization } }),
      slice(relu, rescaled, { request: { normalization } }),
    ]);
    expect(largestDifference(before.loss, after.loss)).toBeLessThan(1e-6);
  });

  it.each(["none", "model"] as const)("has other slices with %s", async (normalization) => {
    const [before, after] = await Promise.all([
      slice(relu, weights, { request: { normalization } }),
      slice(relu, rescaled, { request: { normalization } }),
    ]);
    expect(Math.abs(before.loss[4] / after.loss[4] - 1)).toBeLessThan(1e-6);
    expect(largestDifference(before.loss, after.loss)).toBeGreaterThan(1e-2);
  });

  it("has the same weight-normalised slices, since those scale number by number", async () => {
    const [before, after] = await Promise.all(
      [weights, rescaled].map((at) => slice(relu, at, { request: { normalization: "weight" } })),
    );
    expect(largestDifference(before.loss, after.loss)).toBeLessThan(1e-6);
  });
});

describe("a surface", () => {
  const weights = drawInitialWeights(relu, { scheme: "xavier-normal", seed: 5 });

  it("does not depend on how the set is cut", async () => {
    const [a, b] = [await slice(relu, weights), await slice(relu, weights, { largestBatch: 30 })];
    expect(largestDifference(a.loss, b.loss)).toBeLessThan(1e-12);
  });

  it("agrees with evaluation of weights perturbed by hand", async () => {
    const { loss, directions } = await slice(relu, weights);
    const { u, v } = directions;
    for (const cell of [2, 4, 6]) {
      const [a, b] = [alpha[cell % 3], beta[Math.floor(cell / 3)]];
      const theta = weights.theta.map((value, k) => value + a * u[k] + b * (v ?? u)[k]);
      const there = await slice(relu, { theta, state: weights.state });
      expect(Math.abs(loss[cell] / there.loss[4] - 1)).toBeLessThan(1e-6);
    }
  });

  it("is a line when there is no second direction", async () => {
    const line = await slice(relu, weights, { request: { y: null } });
    expect([0, 3, 6].map((cell) => line.loss[cell])).toEqual([line.loss[0], line.loss[0], line.loss[0]]);
    expect(line.directions.cosine).toBeNull();
  });
});

describe("identity 4 with BatchNorm", () => {
  const spec: ModelSpec = { name: "vgg", depth: 11, width: 1 / 16, batchNorm: true, classes: 10 };
  const vgg = createModel(spec, { height: 32, width: 32, channels: 3 });
  const pictures = { ...smallImages(480, 4), count: 6, height: 32, width: 32 };
  const weights = drawInitialWeights(vgg, { scheme: "he-normal", seed: 3 });
  const factors = Object.fromEntries(
    vgg.layout.entries
      .filter(({ shape }) => shape.length === 4 && shape[0] === 3)
      .map(({ name }, i) => [name, i % 2 ? 4 : 1 / 2]),
  );

  async function line(at: FlatWeights, batchNorm: BatchNormMode): Promise<number[]> {
    const backend = createReferenceBackend();
    const set = { ...pictures, pixels: pictures.pixels.subarray(0, 6 * 3072), labels: pictures.labels.subarray(0, 6) };
    const evaluator = await PlaneEvaluator.create({
      backend,
      model: vgg,
      loss: crossEntropy,
      images: set,
      training: set,
      pixelNormalization: cifar10Facts.pixelNormalization,
      batchNorm,
      microBatches: evenMicroBatches(6, 6),
      statisticsBatches: loaderMicroBatches(6, 6),
    });
    const x: DirectionRequest = { kind: "random", seed: 1 };
    const request: PlaneRequest = { x, y: null, normalization: "filter", biases: "ignore", orthogonalize: false };
    evaluator.place(at, prepareDirections(vgg, at.theta, request, new DirectionDraws()));
    const found: number[] = [];
    await measureCells({
      evaluator,
      alpha: Float64Array.of(0, 0.7),
      beta: Float64Array.of(0),
      cells: [0, 1],
      window: new WorkWindow(),
      onTile: (tile) => void found.push(...tile.loss),
    });
    return found;
  }

  it("holds with re-estimated and with batch statistics, and not with frozen ones", async () => {
    const rescaled = rescale(vgg, weights, factors);
    for (const mode of ["reestimated", "batch"] as const) {
      const [before, after] = [await line(weights, mode), await line(rescaled, mode)];
      // BatchNorm's epsilon does not scale with the weights.
      before.forEach((loss, i) => {
        expect(Math.abs(loss / after[i] - 1), mode).toBeLessThan(1e-3);
      });
    }
    const [before, after] = [await line(weights, "frozen"), await line(rescaled, "frozen")];
    expect(Math.abs(before[1] / after[1] - 1)).toBeGreaterThan(1e-2);
  });
});
