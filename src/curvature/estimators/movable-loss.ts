/** The mean loss of a set, and its gradient, wherever the resident weights are moved to. */
import type { Backend } from "../../backends/backend.ts";
import type { DeviceImages } from "../../execution/device-images.ts";
import type { DeviceWeights } from "../../execution/device-weights.ts";
import { Evaluator } from "../../execution/evaluator.ts";
import { GradientEvaluator } from "../../execution/gradient.ts";
import type { MicroBatch } from "../../execution/micro-batches.ts";
import { StatisticsEstimator } from "../../execution/statistics-estimator.ts";
import type { WorkWindow } from "../../execution/work-window.ts";
import type { LossFunction } from "../../models/losses/loss.ts";
import type { Model } from "../../models/model.ts";
import type { LossAndGradient } from "./worst-sharpness.ts";

export interface MovableLossOptions {
  readonly backend: Backend;
  readonly model: Model;
  readonly loss: LossFunction;
  readonly batchNorm: "frozen" | "batch";
  readonly images: DeviceImages;
  readonly weights: DeviceWeights;
  readonly microBatches: readonly MicroBatch[];
  /** Where BatchNorm's statistics are re-estimated after every move. */
  readonly training?: { readonly images: DeviceImages; readonly microBatches: readonly MicroBatch[] };
  readonly window: WorkWindow;
  readonly signal?: AbortSignal;
}

export class MovableLoss {
  readonly #options: MovableLossOptions;
  readonly #evaluator: Evaluator;
  readonly #estimator: StatisticsEstimator | undefined;
  #gradients: Promise<GradientEvaluator> | undefined;

  private constructor(options: MovableLossOptions, evaluator: Evaluator, estimator: StatisticsEstimator | undefined) {
    this.#options = options;
    this.#evaluator = evaluator;
    this.#estimator = estimator;
  }

  /** Rejects with the backend's error. */
  static async create(options: MovableLossOptions): Promise<MovableLoss> {
    const { backend, model, images, weights, training } = options;
    const evaluator = await Evaluator.create(backend, model, images, weights, options);
    const { theta, state } = weights;
    if (!training || !state) return new MovableLoss(options, evaluator, undefined);
    try {
      const resident = { theta, state };
      const { images: statistics, microBatches } = training;
      const estimator = await StatisticsEstimator.create(backend, model, statistics, resident, microBatches);
      return new MovableLoss(options, evaluator, estimator);
    } catch (error) {
      evaluator.dispose();
      throw error;
    }
  }

  /** Enqueues the loss at `theta`; resolves once it is enqueued. Rejects with the signal's reason or the backend's error. */
  async enqueue(theta: Float32Array): Promise<{ readonly loss: Promise<number> }> {
    const { window, signal } = this.#options;
    await this.#move(theta);
    const { metrics } = await this.#evaluator.enqueue(window, signal);
    return { loss: metrics.then(({ loss }) => loss) };
  }

  /**
   * Loss and gradient at `theta`; where statistics are re-estimated, the gradient holds them fixed. Rejects as `enqueue` does.
   */
  async differentiate(theta: Float32Array): Promise<LossAndGradient> {
    const { window, signal } = this.#options;
    this.#gradients ??= GradientEvaluator.create(this.#options);
    const gradients = await this.#gradients;
    await this.#move(theta);
    return gradients.evaluate(window, signal);
  }

  async dispose(): Promise<void> {
    this.#evaluator.dispose();
    this.#estimator?.dispose();
    const [gradients] = await Promise.allSettled([this.#gradients]);
    if (gradients.status === "fulfilled") gradients.value?.dispose();
  }

  async #move(theta: Float32Array): Promise<void> {
    const { backend, weights, window, signal } = this.#options;
    signal?.throwIfAborted();
    backend.write(weights.theta, theta);
    await this.#estimator?.enqueue(window, signal);
  }
}
