/** Logits of models on a resident set, on the host. Compiled once for all weights of one shape. */
import type { Backend } from "../backends/backend.ts";
import { type BatchExecutables, compileBySize } from "../execution/batch-executables.ts";
import type { DeviceImages } from "../execution/device-images.ts";
import { bindings, type DeviceWeights, disposeWeights, uploadWeights } from "../execution/device-weights.ts";
import { groupBySize, type MicroBatch } from "../execution/micro-batches.ts";
import { type ImageSource, traceBatch } from "../execution/programs/batch.ts";
import { traceWeights } from "../execution/programs/weights.ts";
import type { WorkWindow } from "../execution/work-window.ts";
import type { Model } from "../models/model.ts";
import type { FlatWeights } from "../models/weights.ts";
import type { Program } from "../tensor/program.ts";

/** Inputs: theta, state (with BatchNorm), pixels, indices, draws. Output: logits [batchSize, classes], statistics frozen. */
function traceLogits(model: Model, source: ImageSource, batchSize: number): Program {
  const weights = traceWeights(model);
  const { inputs, images } = traceBatch(model, source, batchSize);
  const { labels: _, ...imageInputs } = inputs;
  const { logits } = model.apply(weights.parameters, weights.state, images, { kind: "frozen" });
  return { inputs: { ...weights.inputs, ...imageInputs }, outputs: { logits } };
}

export class LogitsEvaluator {
  readonly #backend: Backend;
  readonly #model: Model;
  readonly #weights: DeviceWeights;
  readonly #executables: BatchExecutables;
  readonly #microBatches: readonly MicroBatch[];

  private constructor(
    backend: Backend,
    model: Model,
    weights: DeviceWeights,
    executables: BatchExecutables,
    microBatches: readonly MicroBatch[],
  ) {
    this.#backend = backend;
    this.#model = model;
    this.#weights = weights;
    this.#executables = executables;
    this.#microBatches = microBatches;
  }

  static async create(
    backend: Backend,
    model: Model,
    images: DeviceImages,
    microBatches: readonly MicroBatch[],
  ): Promise<LogitsEvaluator> {
    const weights = uploadWeights(backend, model);
    try {
      const executables = await compileBySize(
        backend,
        microBatches.map(({ size }) => size),
        (size) => traceLogits(model, images, size),
        { inputs: { ...bindings(weights), pixels: images.pixels } },
        true,
      );
      return new LogitsEvaluator(backend, model, weights, executables, microBatches);
    } catch (error) {
      disposeWeights(weights);
      throw error;
    }
  }

  /** [examples, classes], in the set's order. Rejects with the signal's reason or the backend's error. */
  async evaluate({ theta, state }: FlatWeights, window: WorkWindow, signal?: AbortSignal): Promise<Float64Array> {
    this.#backend.write(this.#weights.theta, theta);
    if (this.#weights.state) this.#backend.write(this.#weights.state, state);
    const { classes } = this.#model.spec;
    const logits = new Float64Array(this.#microBatches.reduce((count, { size }) => count + size, 0) * classes);
    const flopOf = (size: number) => this.#executables.of(size).statistics.flops;
    const runs: Promise<void>[] = [];
    let start = 0;
    for (const batches of groupBySize(this.#microBatches, (size) => window.itemsPerSubmission(flopOf(size)))) {
      const { size } = batches[0];
      const flop = flopOf(size) * batches.length;
      await window.room(flop, signal);
      const feeds = batches.map(({ indices }) => ({ indices }));
      const place = start;
      start += batches.length * size * classes;
      const run = window
        .track(flop, () => this.#executables.of(size).run(feeds))
        .then((fetched) => {
          for (const [i, part] of fetched.entries()) logits.set(part.logits, place + i * size * classes);
        });
      // A later submission may fail before this one is looked at.
      run.catch(() => {});
      runs.push(run);
    }
    await Promise.all(runs);
    return logits;
  }

  dispose(): void {
    this.#executables.dispose();
    disposeWeights(this.#weights);
  }
}
