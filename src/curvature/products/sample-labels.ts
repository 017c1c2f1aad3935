/** Labels drawn from the model's own distribution over classes, for the Fisher matrix. */
import type { Backend, DeviceTensor } from "../../backends/backend.ts";
import { openRandomStream } from "../../data/random.ts";
import { compileBySize } from "../../execution/batch-executables.ts";
import type { DeviceImages } from "../../execution/device-images.ts";
import { bindings, type DeviceWeights } from "../../execution/device-weights.ts";
import type { MicroBatch } from "../../execution/micro-batches.ts";
import { type ImageSource, traceBatch } from "../../execution/programs/batch.ts";
import { traceWeights } from "../../execution/programs/weights.ts";
import type { Model } from "../../models/model.ts";
import type { Program } from "../../tensor/program.ts";

export interface LabelSource {
  readonly backend: Backend;
  readonly model: Model;
  readonly batchNorm: "frozen" | "batch";
  readonly images: DeviceImages;
  readonly weights: DeviceWeights;
  readonly microBatches: readonly MicroBatch[];
  readonly seed: number;
}

/**
 * int [images.count]: for every example of the micro-batches a class drawn from the softmax of its logits, by a stream of its
 * own, so that an example's label does not depend on the batches; 0 elsewhere. The caller disposes of it.
 */
export async function sampleLabels(source: LabelSource, signal?: AbortSignal): Promise<DeviceTensor> {
  const { backend, model, batchNorm, images, weights, microBatches, seed } = source;
  const labels = new Int32Array(images.count);
  const { classes } = model.spec;
  const executables = await compileBySize(
    backend,
    microBatches.map(({ size }) => size),
    (size) => traceLogits(model, batchNorm, images, size),
    { inputs: { ...bindings(weights), pixels: images.pixels } },
    true,
  );
  try {
    for (const { size, indices } of microBatches) {
      signal?.throwIfAborted();
      const [{ logits }] = await executables.of(size).run([{ indices }]);
      indices.forEach((example, row) => {
        const word = openRandomStream("fisherLabel", seed, example).next() >>> 0;
        labels[example] = drawClass(Array.from(logits.subarray(row * classes, (row + 1) * classes)), word / 2 ** 32);
      });
    }
  } finally {
    executables.dispose();
  }
  return backend.createTensor({ dtype: "int", shape: [images.count] }, labels, "sampled labels");
}

/** The class at which the cumulative softmax of `logits` passes `level` in [0, 1). */
export function drawClass(logits: readonly number[], level: number): number {
  const largest = Math.max(...logits);
  const masses = logits.map((logit) => Math.exp(logit - largest));
  let rest = level * masses.reduce((total, mass) => total + mass, 0);
  const found = masses.findIndex((mass) => {
    rest -= mass;
    return rest < 0;
  });
  return found >= 0 ? found : masses.length - 1;
}

function traceLogits(model: Model, batchNorm: "frozen" | "batch", source: ImageSource, batchSize: number): Program {
  const weights = traceWeights(model);
  const { inputs, images } = traceBatch(model, source, batchSize);
  const use = batchNorm === "frozen" ? ({ kind: "frozen" } as const) : ({ kind: "batch", momentum: 0 } as const);
  const { labels: _, ...imageInputs } = inputs;
  const { logits } = model.apply(weights.parameters, weights.state, images, use);
  return { inputs: { ...weights.inputs, ...imageInputs }, outputs: { logits } };
}
