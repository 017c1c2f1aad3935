/** Re-estimates BatchNorm's running statistics of resident weights over a resident training set (Garipov et al. 2018). */
import type { Backend } from "../backends/backend.ts";
import type { Model } from "../models/model.ts";
import { type BatchExecutables, compileBySize } from "./batch-executables.ts";
import type { DeviceImages } from "./device-images.ts";
import { bindings, type DeviceWeights } from "./device-weights.ts";
import { groupBySize, type MicroBatch } from "./micro-batches.ts";
import { traceStatistics } from "./programs/statistics.ts";
import type { WorkWindow } from "./work-window.ts";

export class StatisticsEstimator {
  /** Work of one estimate. */
  readonly flop: number;
  readonly #executables: BatchExecutables;
  readonly #microBatches: readonly MicroBatch[];

  private constructor(executables: BatchExecutables, microBatches: readonly MicroBatch[]) {
    this.#executables = executables;
    this.#microBatches = microBatches;
    this.flop = microBatches.reduce((total, { size }) => total + executables.of(size).statistics.flops, 0);
  }

  /** The model must have running statistics; `weights.state` is what is written. */
  static async create(
    backend: Backend,
    model: Model,
    images: DeviceImages,
    weights: Required<DeviceWeights>,
    microBatches: readonly MicroBatch[],
  ): Promise<StatisticsEstimator> {
    const executables = await compileBySize(
      backend,
      microBatches.map(({ size }) => size),
      (size) => traceStatistics(model, images, size),
      { inputs: { ...bindings(weights), pixels: images.pixels }, outputs: { state: weights.state } },
      true,
    );
    return new StatisticsEstimator(executables, microBatches);
  }

  /**
   * Enqueues one pass over the set in training mode, at whose end the statistics are the means over its batches, weighted by
   * their size. Rejects with the signal's reason; failures of the work itself show in whatever is enqueued next.
   */
  async enqueue(window: WorkWindow, signal?: AbortSignal): Promise<void> {
    let seen = 0;
    const flopOf = (size: number) => this.#executables.of(size).statistics.flops;
    for (const batches of groupBySize(this.#microBatches, (size) => window.itemsPerSubmission(flopOf(size)))) {
      const flop = flopOf(batches[0].size) * batches.length;
      await window.room(flop, signal);
      const feeds = batches.map(({ size, indices }) => {
        seen += size;
        return { indices, momentum: Float64Array.of(size / seen) };
      });
      window.track(flop, () => this.#executables.of(batches[0].size).run(feeds)).catch(() => {});
    }
  }

  dispose(): void {
    this.#executables.dispose();
  }
}
