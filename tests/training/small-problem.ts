/** A training problem of milliseconds: an MLP on 4 × 4 pictures whose class is written in their brightness. */
import { createModel } from "../../src/architectures/networks.ts";
import type { Backend, Bindings, DeviceTensor } from "../../src/backends/backend.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import type { ImageSet } from "../../src/data/image-set.ts";
import { openRandomStream } from "../../src/data/random.ts";
import { cifar10Facts } from "../../src/data/sets/cifar10/facts.ts";
import { evenMicroBatches } from "../../src/execution/micro-batches.ts";
import type { TrainingSpec } from "../../src/experiment/spec.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import type { Model } from "../../src/models/model.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import type { TrainRunListener } from "../../src/training/train-run.ts";
import { Trainer } from "../../src/training/trainer.ts";
import type { TrainingState } from "../../src/training/training-state.ts";

const side = 4;
export const smallModel: Model = createModel(
  { name: "mlp", hidden: [6], activation: "tanh", classes: 10 },
  { height: side, width: side, channels: 3 },
);

export function smallImages(count: number, seed: number): ImageSet {
  const random = openRandomStream("syntheticImage", seed, 99);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const pixels = Uint8Array.from({ length: count * 3 * side * side }, (_, k) => {
    const label = labels[Math.floor(k / (3 * side * side))];
    return 20 * label + (random.next() >>> 27);
  });
  const classNames = Array.from({ length: 10 }, (_, i) => `class ${i}`);
  return { pixels, labels, count, channels: 3, height: side, width: side, classNames };
}

const smallTraining: TrainingSpec = {
  optimizer: "sgd",
  momentum: 0.9,
  nesterov: true,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  learningRate: 0.1,
  weightDecay: 1e-4,
  batchSize: 16,
  epochs: 5,
  schedule: "cosine",
  warmupEpochs: 1,
  stepAt: [0.5],
  stepFactor: 0.1,
  seed: 3,
};

export const smallStart = (seed = 1): TrainingState => ({
  step: 0,
  weights: drawInitialWeights(smallModel, { scheme: "xavier-normal", seed }),
  moments: [],
  epochs: [],
  batchLosses: new Float32Array(0),
});

export const createSmallTrainer = (
  backend: Backend,
  start: TrainingState,
  training: Partial<TrainingSpec> = {},
  augment = true,
): Promise<Trainer> =>
  Trainer.create({
    backend,
    model: smallModel,
    loss: crossEntropy,
    training: { ...smallTraining, ...training },
    augment,
    images: { train: smallImages(56, 1), test: smallImages(30, 2) },
    pixelNormalization: cifar10Facts.pixelNormalization,
    microBatches: (count) => evenMicroBatches(count, 20),
    start,
  });

export const silentListener: TrainRunListener = {
  steps: () => {},
  epoch: () => {},
  checkpoint: () => {},
  paused: () => {},
};

/** The reference backend with tensors that hold float32 between runs, as devices' do, and runs that take their time. */
export function createRoundingBackend(): Backend {
  const backend = createReferenceBackend();
  let queue: Promise<unknown> = Promise.resolve();
  const enqueue = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  };
  const round = async (tensors: readonly DeviceTensor[]) => {
    for (const tensor of tensors) {
      const data = await backend.read(tensor);
      if (data instanceof Float64Array) backend.write(tensor, data.map(Math.fround));
    }
  };
  const compile: Backend["compile"] = async (program, bindings: Bindings = {}) => {
    const executable = await backend.compile(program, bindings);
    return {
      statistics: executable.statistics,
      dispose: () => executable.dispose(),
      run: (feeds) =>
        enqueue(async () => {
          const fetched = [];
          for (const feed of feeds) {
            fetched.push(...(await executable.run([feed])));
            await round(Object.values(bindings.outputs ?? {}));
          }
          return fetched;
        }),
    };
  };
  return {
    kind: backend.kind,
    description: "float64 loops, float32 tensors",
    memory: backend.memory,
    lost: backend.lost,
    createTensor: (type, data, label) => backend.createTensor(type, data, label),
    write: (tensor, data) => void enqueue(async () => backend.write(tensor, data)),
    read: (tensor) => enqueue(() => backend.read(tensor)),
    compile,
    idle: () => enqueue(async () => {}),
    dispose: () => backend.dispose(),
  };
}
