/** Compares the device's backend with the float64 reference: the loss and the gradient of a training step on small nets. */
import { createModel } from "../architectures/networks.ts";
import { architectures, type ModelSpec, modelTitle } from "../architectures/specs.ts";
import type { Backend, HostArray } from "../backends/backend.ts";
import { createReferenceBackend } from "../backends/reference/backend.ts";
import { syntheticFacts } from "../data/sets/synthetic/facts.ts";
import { drawSyntheticImages } from "../data/sets/synthetic/pictures.ts";
import { uploadImages } from "../execution/device-images.ts";
import { bindings, createVector, disposeWeights, uploadWeights } from "../execution/device-weights.ts";
import { yieldToEvents } from "../execution/yield-to-events.ts";
import { crossEntropy } from "../models/losses/cross-entropy.ts";
import type { Model } from "../models/model.ts";
import { drawInitialWeights } from "../training/initial-weights.ts";
import { createSgd } from "../training/optimizers/sgd.ts";
import { momentName, traceTrainStep } from "../training/train-step.ts";
import type { CheckRow } from "./device-jobs.ts";
import type { JobHandlers } from "./job-context.ts";

const cases: readonly ModelSpec[] = architectures.flatMap(({ checks }) => checks);

/** Relative errors that float32 backends must stay within. */
const bounds = { loss: 1e-6, gradient: 1e-5 };
const batchSize = 8;

export const selfCheck: JobHandlers["selfCheck"] = async ({ backend: choice }, { signal, emit, workbench }) => {
  const { backend } = await workbench.backend(choice);
  const rows: CheckRow[] = [];
  const report = async (name: string, error: number, bound: number) => {
    const row = { name, error, bound, passed: error <= bound };
    rows.push(row);
    await emit(row);
  };
  for (const spec of cases) {
    const name = modelTitle(spec);
    const model = createModel(spec, syntheticFacts.image);
    const reference = await measureStep(createReferenceBackend(), model);
    await yieldToEvents();
    signal.throwIfAborted();
    const measured = await measureStep(backend, model);
    await report(`${name}: loss`, relativeError([measured.loss], [reference.loss]), bounds.loss);
    await report(`${name}: gradient`, relativeError(measured.gradient, reference.gradient), bounds.gradient);
  }
  return rows;
};

/** Loss and gradient of one batch in training mode: without weight decay the first velocity is the gradient. */
async function measureStep(backend: Backend, model: Model): Promise<{ loss: number; gradient: HostArray }> {
  const set = drawSyntheticImages(
    "train",
    Int32Array.from({ length: batchSize }, (_, i) => i),
    0,
  );
  const images = uploadImages(backend, set, syntheticFacts.normalization, "self-check");
  const weights = uploadWeights(backend, model, drawInitialWeights(model, { scheme: "he-normal", seed: 1 }));
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
    images.dispose();
    velocity.dispose();
    disposeWeights(weights);
  }
}

/** ‖a − b‖/‖b‖. */
function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let k = 0; k < b.length; k++) {
    difference += (a[k] - b[k]) ** 2;
    norm += b[k] ** 2;
  }
  return Math.sqrt(difference / norm);
}
