/** A set's mean loss and its gradient: sums over micro-batches, the gradient accumulated on the device. */
import type { Backend, Fetched } from "../backends/backend.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import { compileBySize } from "./batch-executables.ts";
import type { DeviceImages } from "./device-images.ts";
import { bindings, createVector, type DeviceWeights, readVector } from "./device-weights.ts";
import { groupBySize, type MicroBatch } from "./micro-batches.ts";
import { traceGradient } from "./programs/gradient.ts";
import type { WorkWindow } from "./work-window.ts";

export interface GradientOptions {
  readonly backend: Backend;
  readonly model: Model;
  readonly loss: LossFunction;
  readonly batchNorm: "frozen" | "batch";
  readonly images: DeviceImages;
  readonly weights: DeviceWeights;
  readonly microBatches: readonly MicroBatch[];
  readonly window: WorkWindow;
  readonly signal?: AbortSignal;
}

export interface LossGradient {
  readonly loss: number;
  /** In the model's layout. */
  readonly gradient: Float32Array;
}

/** Rejects with the signal's reason or the backend's error. */
export async function computeGradient(options: GradientOptions): Promise<LossGradient> {
  const { backend, model, loss, batchNorm, images, weights, microBatches, window, signal } = options;
  const gradient = createVector(backend, model.layout, "gradient");
  try {
    const executables = await compileBySize(
      backend,
      microBatches.map(({ size }) => size),
      (size) => traceGradient(model, loss, images, size, batchNorm),
      {
        inputs: { ...bindings(weights), gradient, pixels: images.pixels, labels: images.labels },
        outputs: { gradient },
      },
      true,
    );
    try {
      const scale = Float64Array.of(1 / images.count);
      const runs: Promise<Fetched[]>[] = [];
      const flopOf = (size: number) => executables.of(size).statistics.flops;
      for (const batches of groupBySize(microBatches, (size) => window.itemsPerSubmission(flopOf(size)))) {
        const flop = flopOf(batches[0].size) * batches.length;
        await window.room(flop, signal);
        const feeds = batches.map(({ indices }) => ({ indices, scale }));
        runs.push(window.track(flop, () => executables.of(batches[0].size).run(feeds)));
      }
      const parts = (await Promise.all(runs)).flat();
      return {
        loss: parts.reduce((total, part) => total + part.loss[0], 0),
        gradient: await readVector(backend, gradient),
      };
    } finally {
      executables.dispose();
    }
  } finally {
    gradient.dispose();
  }
}
