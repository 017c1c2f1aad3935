/**
 * Loss and accuracy at points of a plane through resident weights, on a set and, if wanted, on another alongside. Compiled
 * once; weights and directions can be exchanged.
 */
import type { Backend, DeviceTensor, Executable } from "../backends/backend.ts";
import type { ImageSet } from "../data/image-set.ts";
import type { PixelNormalization } from "../data/pixel-normalization.ts";
import { type DeviceImages, uploadImages } from "../execution/device-images.ts";
import { createVector } from "../execution/device-weights.ts";
import { Evaluator, type SetMetrics } from "../execution/evaluator.ts";
import type { MicroBatch } from "../execution/micro-batches.ts";
import { StatisticsEstimator } from "../execution/statistics-estimator.ts";
import type { WorkWindow } from "../execution/work-window.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import type { FlatWeights } from "../models/weights.ts";
import type { Directions } from "./directions.ts";
import { tracePerturbation } from "./perturbation.ts";

export type BatchNormMode = "frozen" | "batch" | "reestimated";

/** Running statistics at a point, a flat vector of the model's state layout. */
export type StatisticsAt = (alpha: number, beta: number) => Float32Array;

export interface PlaneEvaluatorOptions {
  readonly backend: Backend;
  readonly model: Model;
  readonly loss: LossFunction;
  /** What is evaluated. */
  readonly images: ImageSet;
  /** What BatchNorm's statistics are re-estimated on. */
  readonly training: ImageSet;
  readonly pixelNormalization: PixelNormalization;
  readonly batchNorm: BatchNormMode;
  /** Micro-batches of the images evaluated. */
  readonly microBatches: readonly MicroBatch[];
  /** Micro-batches of the training images. */
  readonly statisticsBatches: readonly MicroBatch[];
  /** Evaluated at the same points, with the same statistics. */
  readonly alongside?: { readonly images: ImageSet; readonly microBatches: readonly MicroBatch[] };
}

export interface EnqueuedPoint {
  readonly metrics: Promise<SetMetrics>;
  /** Losses and errors on the set alongside. */
  readonly alongside?: Promise<SetMetrics>;
}

interface Parts {
  readonly vectors: Readonly<Record<"theta" | "u" | "v" | "perturbed", DeviceTensor>>;
  readonly state: DeviceTensor | undefined;
  readonly perturbation: Executable;
  readonly evaluator: Evaluator;
  readonly alongside: Evaluator | undefined;
  readonly estimator: StatisticsEstimator | undefined;
  readonly owned: readonly { dispose(): void }[];
}

export class PlaneEvaluator {
  /** Work of one point. */
  readonly flop: number;
  readonly #backend: Backend;
  readonly #parts: Parts;
  #statisticsAt: StatisticsAt | undefined;

  private constructor(backend: Backend, parts: Parts) {
    this.#backend = backend;
    this.#parts = parts;
    const { perturbation, evaluator, alongside, estimator } = parts;
    const optional = (alongside?.flop ?? 0) + (estimator?.flop ?? 0);
    this.flop = perturbation.statistics.flops + evaluator.flop + optional;
  }

  /** Throws the backend's errors and leaves nothing behind then. */
  static async create(options: PlaneEvaluatorOptions): Promise<PlaneEvaluator> {
    const { backend, model, loss, batchNorm, microBatches, statisticsBatches, pixelNormalization } = options;
    const owned: { dispose(): void }[] = [];
    const own = <Owned extends { dispose(): void }>(resource: Owned): Owned => {
      owned.push(resource);
      return resource;
    };
    try {
      const vector = (label: string) => own(createVector(backend, model.layout, label));
      const vectors = { theta: vector("theta"), u: vector("u"), v: vector("v"), perturbed: vector("perturbed") };
      const hasState = model.stateLayout.length > 0;
      const state = hasState ? own(createVector(backend, model.stateLayout, "state")) : undefined;
      const { perturbed, ...inputs } = vectors;
      const perturbation = own(
        await backend.compile(tracePerturbation(model.layout), { inputs, outputs: { perturbed } }),
      );
      const uploaded = new Map<ImageSet, DeviceImages>();
      const upload = (set: ImageSet, label: string): DeviceImages => {
        const known = uploaded.get(set) ?? own(uploadImages(backend, set, pixelNormalization, label));
        uploaded.set(set, known);
        return known;
      };
      const weights = { theta: perturbed, ...(state && { state }) };
      const evaluate = async (images: DeviceImages, batches: readonly MicroBatch[]) =>
        own(
          await Evaluator.create(backend, model, images, weights, {
            loss,
            batchNorm: batchNorm === "batch" ? "batch" : "frozen",
            microBatches: batches,
          }),
        );
      const evaluator = await evaluate(upload(options.images, "evaluated"), microBatches);
      const alongside =
        options.alongside &&
        (await evaluate(upload(options.alongside.images, "alongside"), options.alongside.microBatches));
      let estimator: StatisticsEstimator | undefined;
      if (batchNorm === "reestimated" && state) {
        const training = upload(options.training, "training");
        const placed = { theta: perturbed, state };
        estimator = own(await StatisticsEstimator.create(backend, model, training, placed, statisticsBatches));
      }
      return new PlaneEvaluator(backend, { vectors, state, perturbation, evaluator, alongside, estimator, owned });
    } catch (error) {
      for (const resource of owned.reverse()) resource.dispose();
      throw error;
    }
  }

  /**
   * Sets the plane's centre and its directions, in order with what is enqueued. A line's second direction is zero. The
   * statistics are the centre's everywhere, or what `statisticsAt` says.
   */
  place(weights: FlatWeights, { u, v }: Pick<Directions, "u" | "v">, statisticsAt?: StatisticsAt): void {
    const { vectors } = this.#parts;
    this.#statisticsAt = statisticsAt;
    this.#backend.write(vectors.theta, weights.theta);
    this.setStatistics(weights.state);
    this.#backend.write(vectors.u, u);
    this.#backend.write(vectors.v, v ?? new Float32Array(u.length));
  }

  /** BatchNorm's running statistics from here on, in order with what is enqueued. */
  setStatistics(state: Float32Array): void {
    if (this.#parts.state) this.#backend.write(this.#parts.state, state);
  }

  /** Enqueues a point; resolves once it is enqueued, with a promise of its metrics. Rejects with the signal's reason. */
  async enqueue(alpha: number, beta: number, window: WorkWindow, signal?: AbortSignal): Promise<EnqueuedPoint> {
    const { perturbation, estimator, evaluator, alongside } = this.#parts;
    await window.room(perturbation.statistics.flops, signal);
    await perturbation.run([{ alpha: Float64Array.of(alpha), beta: Float64Array.of(beta) }]);
    if (this.#statisticsAt) this.setStatistics(this.#statisticsAt(alpha, beta));
    await estimator?.enqueue(window, signal);
    const { metrics } = await evaluator.enqueue(window, signal);
    if (!alongside) return { metrics };
    return { metrics, alongside: (await alongside.enqueue(window, signal)).metrics };
  }

  dispose(): void {
    for (const resource of [...this.#parts.owned].reverse()) resource.dispose();
  }
}
