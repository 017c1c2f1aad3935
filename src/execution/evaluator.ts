/** Mean loss, its standard error and the accuracy of resident weights on a resident set. */
import type { Backend, Fetched } from "../backends/backend.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import { type BatchExecutables, compileBySize } from "./batch-executables.ts";
import type { DeviceImages } from "./device-images.ts";
import { bindings, type DeviceWeights } from "./device-weights.ts";
import { groupBySize, type MicroBatch } from "./micro-batches.ts";
import { traceEvaluation } from "./programs/evaluation.ts";
import type { WorkWindow } from "./work-window.ts";

export interface SetMetrics {
  readonly loss: number;
  /**
   * Standard error of the mean loss, s/√N with s² the unbiased variance of the examples' losses (divided by N − 1); NaN of
   * one example, whose spread nobody knows.
   */
  readonly lossError: number;
  /** NaN where the loss is: a comparison with NaN says nothing. */
  readonly accuracy: number;
  readonly count: number;
}

export interface EvaluatorOptions {
  readonly loss: LossFunction;
  readonly batchNorm: "frozen" | "batch";
  readonly microBatches: readonly MicroBatch[];
}

export class Evaluator {
  /** Work of one evaluation. */
  readonly flop: number;
  readonly #executables: BatchExecutables;
  readonly #microBatches: readonly MicroBatch[];

  private constructor(executables: BatchExecutables, microBatches: readonly MicroBatch[]) {
    this.#executables = executables;
    this.#microBatches = microBatches;
    this.flop = microBatches.reduce((total, { size }) => total + executables.of(size).statistics.flops, 0);
  }

  static async create(
    backend: Backend,
    model: Model,
    images: DeviceImages,
    weights: DeviceWeights,
    { loss, batchNorm, microBatches }: EvaluatorOptions,
  ): Promise<Evaluator> {
    const executables = await compileBySize(
      backend,
      microBatches.map(({ size }) => size),
      (size) => traceEvaluation(model, loss, batchNorm, images, size),
      { inputs: { ...bindings(weights), pixels: images.pixels, labels: images.labels } },
      true,
    );
    return new Evaluator(executables, microBatches);
  }

  /**
   * Enqueues an evaluation of the weights as they are after everything enqueued before. Resolves once all of it is
   * enqueued, with a promise of the metrics; rejects with the signal's reason.
   */
  async enqueue(window: WorkWindow, signal?: AbortSignal): Promise<{ readonly metrics: Promise<SetMetrics> }> {
    const parts: { sizes: readonly number[]; fetched: Promise<Fetched[]> }[] = [];
    const piece = (size: number) => window.itemsPerSubmission(this.#executables.of(size).statistics.flops);
    for (const batches of groupBySize(this.#microBatches, piece)) {
      const executable = this.#executables.of(batches[0].size);
      const flop = executable.statistics.flops * batches.length;
      await window.room(flop, signal);
      const feeds = batches.map(({ indices }) => ({ indices }));
      parts.push({
        sizes: batches.map(({ size }) => size),
        fetched: window.track(flop, () => executable.run(feeds)),
      });
    }
    const metrics = Promise.all(parts.map(({ fetched }) => fetched)).then((runs) =>
      combine(runs.flatMap((run, i) => run.map((fetched, k) => ({ size: parts[i].sizes[k], fetched })))),
    );
    // Whoever enqueued may fail before it looks at the metrics.
    metrics.catch(() => {});
    return { metrics };
  }

  /** Evaluates at once. */
  async evaluate(window: WorkWindow, signal?: AbortSignal): Promise<SetMetrics> {
    const { metrics } = await this.enqueue(window, signal);
    return metrics;
  }

  /** Programs that were compiled for it. */
  get programs(): number {
    return this.#executables.all.length;
  }

  dispose(): void {
    this.#executables.dispose();
  }
}

/** The metrics of a set from those of its micro-batches. */
function combine(parts: readonly { readonly size: number; readonly fetched: Fetched }[]): SetMetrics {
  const total = (term: (size: number, fetched: Fetched) => number) =>
    parts.reduce((sum, { size, fetched }) => sum + term(size, fetched), 0);
  const count = total((size) => size);
  const loss = total((size, fetched) => size * fetched.loss[0]) / count;
  const spread = total((size, fetched) => fetched.spread[0] + size * (fetched.loss[0] - loss) ** 2);
  const correct = total((_, fetched) => fetched.correct[0]);
  return {
    loss,
    lossError: count > 1 ? Math.sqrt(spread / (count - 1) / count) : Number.NaN,
    accuracy: Number.isNaN(loss) ? Number.NaN : correct / count,
    count,
  };
}
