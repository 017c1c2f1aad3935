/** Times this device on a training step and an evaluation of VGG11 with BatchNorm at a quarter of its width. */
import type { Backend } from "../backends/backend.ts";
import { normalizations } from "../data/normalization.ts";
import { drawSyntheticImages } from "../data/synthetic.ts";
import type { Spec } from "../experiment/spec.ts";
import { crossEntropy } from "../models/losses/cross-entropy.ts";
import { createModel } from "../models/model.ts";
import { drawInitialWeights } from "../training/initial-weights.ts";
import { loaderMicroBatches } from "../training/micro-batches.ts";
import { Trainer } from "../training/trainer.ts";
import { WorkWindow } from "../training/work-window.ts";
import { yieldToEvents } from "../training/yield-to-events.ts";
import type { BenchmarkRow, JobHandlers } from "./jobs.ts";

const spec = { name: "vgg11", width: 1 / 4, batchNorm: true, classes: 10 } as const satisfies Spec["model"];
const repetitions = 5;

export const benchmark: JobHandlers["benchmark"] = async ({ batchSize }, { signal, emit, workbench }) => {
  const { backend } = await workbench.backend("auto");
  const rows: BenchmarkRow[] = [];
  for await (const row of measure(backend, batchSize)) {
    signal.throwIfAborted();
    rows.push(row);
    await emit(row);
    await yieldToEvents();
  }
  return rows;
};

async function* measure(backend: Backend, batchSize: number): AsyncGenerator<BenchmarkRow> {
  const model = createModel(spec, { height: 32, width: 32, channels: 3 });
  const set = drawSyntheticImages(
    "train",
    Int32Array.from({ length: batchSize }, (_, i) => i),
    0,
  );
  const startedMs = performance.now();
  const trainer = await Trainer.create({
    backend,
    model,
    loss: crossEntropy,
    training: {
      optimizer: "sgd",
      momentum: 0.9,
      nesterov: true,
      beta1: 0,
      beta2: 0,
      epsilon: 1,
      weightDecay: 5e-4,
      learningRate: 0.01,
      schedule: "constant",
      warmupEpochs: 0,
      stepAt: [],
      stepFactor: 1,
      batchSize,
      epochs: 1,
      seed: 0,
    },
    augment: false,
    images: { train: set, test: set },
    normalization: normalizations.synthetic,
    microBatches: (count) => loaderMicroBatches(count, batchSize),
    start: { weights: drawInitialWeights(model, { scheme: "he-normal", seed: 1 }), moments: [] },
  });
  try {
    await trainer.run(0, 1);
    const coldMs = performance.now() - startedMs;
    const name = `VGG11-BN ¼, batch ${batchSize}`;
    const rate = (flop: number, ms: number) => `${(flop / ms / 1e6).toPrecision(3)} GFLOP/s`;
    const stepMs = await medianMs(() => trainer.run(0, 1));
    yield { name: `${name}: training step`, basinMs: stepMs, tfjsMs: null, note: rate(trainer.flopOf(0), stepMs) };
    const window = new WorkWindow();
    const { train } = trainer.evaluators;
    const evaluationMs = await medianMs(() => train.evaluate(window));
    yield { name: `${name}: evaluation`, basinMs: evaluationMs, tfjsMs: null, note: rate(train.flop, evaluationMs) };
    yield { name: `${name}: compiling and the first step`, basinMs: coldMs, tfjsMs: null };
  } finally {
    trainer.dispose();
  }
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
