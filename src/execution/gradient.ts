/** A set's mean loss and its gradient: sums over micro-batches, the gradient accumulated on the device. */
import type { Backend, DeviceTensor, Fetched } from "../backends/backend.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import { type BatchExecutables, compileBySize } from "./batch-executables.ts";
import type { DeviceImages } from "./device-images.ts";
import { bindings, createVector, type DeviceWeights, readVector } from "./device-weights.ts";
import { groupBySize, type MicroBatch } from "./micro-batches.ts";
import { traceGradient } from "./programs/gradient.ts";
import type { WorkWindow } from "./work-window.ts";

export interface GradientSources {
  readonly backend: Backend;
  readonly model: Model;
  readonly loss: LossFunction;
  readonly batchNorm: "frozen" | "batch";
  readonly images: DeviceImages;
  readonly weights: DeviceWeights;
  readonly microBatches: readonly MicroBatch[];
}

export interface GradientOptions extends GradientSources {
  readonly window: WorkWindow;
  readonly signal?: AbortSignal;
}

export interface LossGradient {
  readonly loss: number;
  /** The gradient, in the model's layout. */
  readonly gradient: Float32Array;
}

/** Gradients at the weights as they are, compiled once. */
export class GradientEvaluator {
  readonly #sources: GradientSources;
  readonly #executables: BatchExecutables;
  readonly #gradient: DeviceTensor;

  private constructor(sources: GradientSources, executables: BatchExecutables, gradient: DeviceTensor) {
    this.#sources = sources;
    this.#executables = executables;
    this.#gradient = gradient;
  }

  /** Rejects with the backend's error. */
  static async create(sources: GradientSources): Promise<GradientEvaluator> {
    const { backend, model, loss, batchNorm, images, weights, microBatches } = sources;
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
      return new GradientEvaluator(sources, executables, gradient);
    } catch (error) {
      gradient.dispose();
      throw error;
    }
  }

  /** One at a time. Rejects with the signal's reason or the backend's error. */
  async evaluate(window: WorkWindow, signal?: AbortSignal): Promise<LossGradient> {
    const { backend, model, images, microBatches } = this.#sources;
    backend.write(this.#gradient, new Float32Array(model.layout.length));
    const scale = Float64Array.of(1 / images.count);
    const runs: Promise<Fetched[]>[] = [];
    const flopOf = (size: number) => this.#executables.of(size).statistics.flops;
    for (const batches of groupBySize(microBatches, (size) => window.itemsPerSubmission(flopOf(size)))) {
      const { size } = batches[0];
      const flop = flopOf(size) * batches.length;
      await window.room(flop, signal);
      const feeds = batches.map(({ indices }) => ({ indices, scale }));
      const run = window.track(flop, () => this.#executables.of(size).run(feeds));
      // A later submission may fail before this one is looked at.
      run.catch(() => {});
      runs.push(run);
    }
    const parts = (await Promise.all(runs)).flat();
    return {
      loss: parts.reduce((total, part) => total + part.loss[0], 0),
      gradient: await readVector(backend, this.#gradient),
    };
  }

  dispose(): void {
    this.#executables.dispose();
    this.#gradient.dispose();
  }
}

/** One gradient. Rejects with the signal's reason or the backend's error. */
export async function computeGradient({ window, signal, ...sources }: GradientOptions): Promise<LossGradient> {
  const evaluator = await GradientEvaluator.create(sources);
  return evaluator.evaluate(window, signal).finally(() => evaluator.dispose());
}
