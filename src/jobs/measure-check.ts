/** What the self-check measures of a network on a backend. */
import type { Backend, HostArray } from "../backends/backend.ts";
import { createCurvatureOperator } from "../curvature/products/curvature-operator.ts";
import { drawVector } from "../curvature/vectors/draw.ts";
import { syntheticFacts } from "../data/sets/synthetic/facts.ts";
import { drawSyntheticImages } from "../data/sets/synthetic/pictures.ts";
import { type DeviceImages, uploadImages } from "../execution/device-images.ts";
import {
  bindings,
  createVector,
  type DeviceWeights,
  disposeWeights,
  readVector,
  uploadWeights,
} from "../execution/device-weights.ts";
import { loaderMicroBatches } from "../execution/micro-batches.ts";
import { WorkWindow } from "../execution/work-window.ts";
import { crossEntropy } from "../models/losses/cross-entropy.ts";
import type { Model } from "../models/model.ts";
import { drawInitialWeights } from "../training/initial-weights.ts";
import { createSgd } from "../training/optimizers/sgd.ts";
import { momentName, traceTrainStep } from "../training/train-step.ts";

const batchSize = 8;

export interface CheckMeasures {
  readonly loss: number;
  /** [P] */
  readonly gradient: HostArray;
  /** The Hessian times a seeded normal vector, [P]. */
  readonly product: HostArray;
}

interface Resident {
  readonly images: DeviceImages;
  readonly weights: DeviceWeights;
}

/** All of one batch, BatchNorm by its statistics. Rejects with a BackendError, or the signal's reason. */
export async function measureCheck(backend: Backend, model: Model, signal: AbortSignal): Promise<CheckMeasures> {
  const set = drawSyntheticImages(
    "train",
    Int32Array.from({ length: batchSize }, (_, i) => i),
    0,
  );
  const images = uploadImages(backend, set, syntheticFacts.pixelNormalization, "self-check");
  const weights = uploadWeights(backend, model, drawInitialWeights(model, { scheme: "he-normal", seed: 1 }));
  try {
    const product = await multiply(backend, model, { images, weights }, signal);
    signal.throwIfAborted();
    return { product, ...(await trainStep(backend, model, { images, weights })) };
  } finally {
    images.dispose();
    disposeWeights(weights);
  }
}

async function multiply(
  backend: Backend,
  model: Model,
  resident: Resident,
  signal: AbortSignal,
): Promise<CheckMeasures["product"]> {
  const operator = await createCurvatureOperator({
    ...resident,
    backend,
    model,
    loss: crossEntropy,
    kind: "hessian",
    batchNorm: model.stateLayout.length > 0 ? "batch" : "frozen",
    microBatches: loaderMicroBatches(batchSize, batchSize),
    window: new WorkWindow(),
    signal,
  });
  try {
    backend.write(operator.vectors[0], drawVector(operator, "gaussian", 1, 0));
    await operator.apply(1, signal);
    return await readVector(backend, operator.products[0]);
  } finally {
    operator.dispose();
  }
}

/** One step without weight decay, whose first velocity is the gradient. */
async function trainStep(
  backend: Backend,
  model: Model,
  { images, weights }: Resident,
): Promise<Omit<CheckMeasures, "product">> {
  const velocity = createVector(backend, model.layout, "velocity");
  try {
    const optimizer = createSgd({ momentum: 0.9, nesterov: false, weightDecay: 0 });
    const bound = { ...bindings(weights), [momentName(0)]: velocity };
    const executable = await backend.compile(traceTrainStep(model, crossEntropy, optimizer, images, batchSize), {
      inputs: { ...bound, pixels: images.pixels, labels: images.labels },
      outputs: bound,
    });
    try {
      const indices = Int32Array.from({ length: batchSize }, (_, i) => i);
      const draws = new Int32Array(3 * batchSize);
      const [{ loss }] = await executable.run([{ indices, draws, learningRate: Float64Array.of(0) }]);
      return { loss: loss[0], gradient: await backend.read(velocity) };
    } finally {
      executable.dispose();
    }
  } finally {
    velocity.dispose();
  }
}
