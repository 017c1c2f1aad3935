/**
 * Times this device on a training step and an evaluation of VGG11 with BatchNorm at a quarter of its width, and stock tfjs
 * on the same, where there is WebGPU.
 */
import { createModel } from "../architectures/networks.ts";
import type { Backend } from "../backends/backend.ts";
import type { StockProblem, StockTraining } from "../backends/webgpu/tfjs-stock.ts";
import type { ImageSet } from "../data/image-set.ts";
import { syntheticFacts } from "../data/sets/synthetic/facts.ts";
import { drawSyntheticImages } from "../data/sets/synthetic/pictures.ts";
import { loaderMicroBatches } from "../execution/micro-batches.ts";
import { WorkWindow } from "../execution/work-window.ts";
import { yieldToEvents } from "../execution/yield-to-events.ts";
import type { TrainingSpec } from "../experiment/spec.ts";
import { crossEntropy } from "../models/losses/cross-entropy.ts";
import { type FlatWeights, tensorOf } from "../models/weights.ts";
import { drawInitialWeights } from "../training/initial-weights.ts";
import { Trainer } from "../training/trainer.ts";
import type { BenchmarkRow } from "./device-jobs.ts";
import type { JobHandlers } from "./job-context.ts";

const model = createModel({ name: "vgg", depth: 11, width: 1 / 4, batchNorm: true, classes: 10 }, syntheticFacts.image);
/** VGG11's convolutions before each pooling, for tfjs. */
const blocks = [1, 1, 2, 2, 2];
const settings: Omit<TrainingSpec, "batchSize"> = {
  optimizer: "sgd",
  momentum: 0.9,
  nesterov: false,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  learningRate: 0.01,
  schedule: "constant",
  warmupEpochs: 0,
  stepAt: [],
  stepFactor: 0.1,
  epochs: 1,
  seed: 0,
};
const repetitions = 5;

export const benchmark: JobHandlers["benchmark"] = async (
  { batchSize, backend: choice },
  { signal, emit, workbench },
) => {
  const { backend } = await workbench.backend(choice);
  const set = drawSyntheticImages(
    "train",
    Int32Array.from({ length: batchSize }, (_, i) => i),
    0,
  );
  const weights = drawInitialWeights(model, { scheme: "he-normal", seed: 1 });
  const basin = await timed(() => createBasinTraining(backend, set, weights));
  let tfjs: Timed<StockTraining> | undefined;
  const rows: BenchmarkRow[] = [];
  try {
    signal.throwIfAborted();
    if (backend.kind === "webgpu") tfjs = await timed(() => createTfjsTraining(set, weights));
    const name = `VGG11-BN ¼, batch ${batchSize}`;
    const report = async (what: string, run: (training: Timed<StockTraining>) => Promise<number>, flop?: number) => {
      signal.throwIfAborted();
      const basinMs = await run(basin);
      if (flop !== undefined) workbench.setRate(backend, (1000 * flop) / basinMs);
      signal.throwIfAborted();
      const row: BenchmarkRow = {
        name: `${name}: ${what}`,
        basinMs,
        tfjsMs: tfjs ? await run(tfjs) : null,
        note: flop === undefined ? noteWithout(tfjs) : `${(flop / basinMs / 1e6).toPrecision(3)} GFLOP/s`,
      };
      rows.push(row);
      await emit(row);
      await yieldToEvents();
    };
    await report("from nothing to the first loss", async ({ coldMs }) => coldMs);
    await report("training step", ({ training }) => medianMs(() => training.step()), basin.training.stepFlop);
    await report("evaluation", ({ training }) => medianMs(() => training.evaluate()), basin.training.evaluationFlop);
  } finally {
    basin.training.dispose();
    tfjs?.training.dispose();
  }
  return rows;
};

const noteWithout = (tfjs: unknown): string | undefined =>
  tfjs === undefined ? "stock TensorFlow.js: not supported without WebGPU or WebGL" : undefined;

interface Timed<Training> {
  readonly training: Training;
  /** Until the first step's loss was there. */
  readonly coldMs: number;
}

async function timed<Training extends StockTraining>(create: () => Promise<Training>): Promise<Timed<Training>> {
  const startedMs = performance.now();
  const training = await create();
  await training.step();
  return { training, coldMs: performance.now() - startedMs };
}

interface BasinTraining extends StockTraining {
  readonly stepFlop: number;
  readonly evaluationFlop: number;
}

async function createBasinTraining(backend: Backend, set: ImageSet, weights: FlatWeights): Promise<BasinTraining> {
  const trainer = await Trainer.create({
    backend,
    model,
    loss: crossEntropy,
    training: { ...settings, batchSize: set.count },
    augment: false,
    images: { train: set, test: set },
    pixelNormalization: syntheticFacts.pixelNormalization,
    microBatches: (count) => loaderMicroBatches(count, set.count),
    start: { weights, moments: [] },
  });
  const window = new WorkWindow();
  return {
    stepFlop: trainer.flopOf(0),
    evaluationFlop: trainer.evaluators.train.flop,
    step: async () => (await trainer.run(0, 1))[0],
    evaluate: async () => (await trainer.evaluators.train.evaluate(window)).loss,
    dispose: () => trainer.dispose(),
  };
}

async function createTfjsTraining(set: ImageSet, weights: FlatWeights): Promise<StockTraining> {
  const { createStockTraining } = await import("../backends/webgpu/tfjs-stock.ts");
  const { mean, std } = syntheticFacts.pixelNormalization;
  const { count, channels, height, width } = set;
  const plane = height * width;
  const problem: StockProblem = {
    parameters: model.layout.entries.map((entry) => ({ shape: entry.shape, data: tensorOf(weights.theta, entry) })),
    blocks,
    images: {
      shape: [count, channels, height, width],
      data: Float32Array.from(set.pixels, (byte, k) => {
        const channel = Math.floor(k / plane) % channels;
        return (byte / 255 - mean[channel]) / std[channel];
      }),
    },
    labels: Int32Array.from(set.labels),
    classes: model.spec.classes,
    learningRate: settings.learningRate,
    momentum: settings.momentum,
  };
  return createStockTraining(problem);
}

async function medianMs(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    const startedMs = performance.now();
    await run();
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b)[Math.floor(repetitions / 2)];
}
