/** Resident weights and compiled steps of one run. Knows how to enqueue work; when and how often is the loop's matter. */
import type { Backend, DeviceTensor, Feed } from "../backends/backend.ts";
import type { ImageSet } from "../data/image-set.ts";
import type { PixelNormalization } from "../data/pixel-normalization.ts";
import { type BatchExecutables, compileBySize } from "../execution/batch-executables.ts";
import { type DeviceImages, uploadImages } from "../execution/device-images.ts";
import {
  bindings,
  createVector,
  type DeviceWeights,
  disposeWeights,
  readVector,
  readWeights,
  uploadWeights,
} from "../execution/device-weights.ts";
import { Evaluator } from "../execution/evaluator.ts";
import type { MicroBatch } from "../execution/micro-batches.ts";
import type { TrainingSpec } from "../experiment/spec.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import type { FlatWeights } from "../models/weights.ts";
import { BatchPlan } from "./batch-plan.ts";
import { learningRateAt } from "./learning-rate.ts";
import { createOptimizer } from "./optimizers/create.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";
import { momentName, traceTrainStep } from "./train-step.ts";
import type { TrainingState } from "./training-state.ts";

export interface TrainerOptions {
  readonly backend: Backend;
  readonly model: Model;
  readonly loss: LossFunction;
  readonly training: TrainingSpec;
  readonly augment: boolean;
  readonly images: { readonly train: ImageSet; readonly test: ImageSet };
  readonly pixelNormalization: PixelNormalization;
  /** How a set of so many images is cut for evaluation. */
  readonly microBatches: (count: number) => readonly MicroBatch[];
  readonly start: Pick<TrainingState, "weights" | "moments">;
}

/** Equal for runs whose programs are equal: schedules, epochs and seeds are fed, not compiled. */
export function programKey({
  model,
  training,
  pixelNormalization,
}: Pick<TrainerOptions, "model" | "training" | "pixelNormalization">): string {
  const { learningRate: _, schedule, warmupEpochs, stepAt, stepFactor, epochs, seed, ...compiled } = training;
  return JSON.stringify([model.spec, compiled, pixelNormalization]);
}

interface Parts {
  readonly optimizer: Optimizer;
  readonly weights: DeviceWeights;
  readonly moments: readonly DeviceTensor[];
  readonly images: readonly DeviceImages[];
  readonly steps: BatchExecutables;
  readonly evaluators: { readonly train: Evaluator; readonly test: Evaluator };
}

export class Trainer {
  readonly evaluators: { readonly train: Evaluator; readonly test: Evaluator };
  /** Programs that were compiled for it. */
  readonly programs: number;
  readonly #backend: Backend;
  readonly #parts: Parts;
  #training: TrainingSpec;
  #plan: BatchPlan;

  private constructor({ backend, training }: TrainerOptions, plan: BatchPlan, parts: Parts) {
    this.#backend = backend;
    this.#training = training;
    this.#plan = plan;
    this.#parts = parts;
    this.evaluators = parts.evaluators;
    this.programs = parts.steps.all.length + parts.evaluators.train.programs + parts.evaluators.test.programs;
  }

  get plan(): BatchPlan {
    return this.#plan;
  }

  /** Throws TrainingSpecError when the spec does not fit the data, and the backend's errors; leaves nothing behind then. */
  static async create(options: TrainerOptions): Promise<Trainer> {
    const { backend, model, loss, training, start } = options;
    const plan = new BatchPlan(options.images.train.count, training, options.augment);
    const optimizer = createOptimizer(training);
    const owned: { dispose(): void }[] = [];
    const own = <Owned extends { dispose(): void }>(resource: Owned): Owned => {
      owned.push(resource);
      return resource;
    };
    try {
      const weights = uploadWeights(backend, model, start.weights);
      own({ dispose: () => disposeWeights(weights) });
      const moments = Array.from({ length: optimizer.momentCount }, (_, i) =>
        own(createVector(backend, model.layout, momentName(i), start.moments[i])),
      );
      const train = own(uploadImages(backend, options.images.train, options.pixelNormalization, "training"));
      const test = own(uploadImages(backend, options.images.test, options.pixelNormalization, "test"));
      const bound = {
        ...bindings(weights),
        ...Object.fromEntries(moments.map((moment, i) => [momentName(i), moment])),
      };
      const steps = own(
        await compileBySize(
          backend,
          plan.sizes,
          (size) => traceTrainStep(model, loss, optimizer, train, size),
          { inputs: { ...bound, pixels: train.pixels, labels: train.labels }, outputs: bound },
          false,
        ),
      );
      const createEvaluator = async (images: DeviceImages) =>
        own(
          await Evaluator.create(backend, model, images, weights, {
            loss,
            batchNorm: "frozen",
            microBatches: options.microBatches(images.count),
          }),
        );
      const evaluators = { train: await createEvaluator(train), test: await createEvaluator(test) };
      return new Trainer(options, plan, { optimizer, weights, moments, images: [train, test], steps, evaluators });
    } catch (error) {
      for (const resource of owned.reverse()) resource.dispose();
      throw error;
    }
  }

  /**
   * Begins another run with what was compiled, in order with what is enqueued. Of the options only the start and what
   * `programKey` leaves out may differ from those it was made with.
   */
  restart({
    training,
    augment,
    images,
    start,
  }: Pick<TrainerOptions, "training" | "augment" | "images" | "start">): void {
    const { optimizer, weights, moments } = this.#parts;
    this.#plan = new BatchPlan(images.train.count, training, augment);
    this.#training = training;
    this.#backend.write(weights.theta, start.weights.theta);
    if (weights.state) this.#backend.write(weights.state, start.weights.state);
    for (let i = 0; i < optimizer.momentCount; i++) {
      this.#backend.write(moments[i], start.moments[i] ?? new Float32Array(start.weights.theta.length));
    }
  }

  /** Work of the step at `step`. */
  flopOf(step: number): number {
    return this.#parts.steps.of(this.plan.sizeOf(step)).statistics.flops;
  }

  /** Work from `step` to the end of the run, evaluations included. */
  flopFrom(step: number): number {
    const { steps, stepsPerEpoch } = this.plan;
    const { train, test } = this.evaluators;
    const epochs = (steps - step) / stepsPerEpoch;
    const perEpoch = (stepsPerEpoch - 1) * this.flopOf(0) + this.flopOf(stepsPerEpoch - 1);
    return epochs * (perEpoch + train.flop + test.flop);
  }

  learningRateAt(step: number): number {
    return learningRateAt(this.#training, step, this.plan.steps, this.plan.stepsPerEpoch);
  }

  /** Enqueues `count` steps that see batches of one size; resolves with their batch losses. */
  async run(first: number, count: number): Promise<Float32Array> {
    const feeds = Array.from({ length: count }, (_, i) => this.#feed(first + i));
    const fetched = await this.#parts.steps.of(this.plan.sizeOf(first)).run(feeds);
    return Float32Array.from(fetched, ({ loss }) => loss[0]);
  }

  #feed(step: number): Feed {
    const scalars = this.#parts.optimizer.scalars(step, this.learningRateAt(step));
    return {
      indices: this.plan.indices(step),
      draws: this.plan.draws(step),
      ...Object.fromEntries(Object.entries(scalars).map(([name, value]) => [name, Float64Array.of(value)])),
    };
  }

  /** The weights alone, after all that is enqueued. */
  readWeights(): Promise<FlatWeights> {
    return readWeights(this.#backend, this.#parts.weights);
  }

  /** Weights and moments after everything enqueued so far. */
  async read(): Promise<{ weights: FlatWeights; moments: Float32Array[] }> {
    const [weights, ...moments] = await Promise.all([
      readWeights(this.#backend, this.#parts.weights),
      ...this.#parts.moments.map((moment) => readVector(this.#backend, moment)),
    ]);
    return { weights, moments };
  }

  dispose(): void {
    const { weights, moments, images, steps, evaluators } = this.#parts;
    for (const resource of [steps, evaluators.train, evaluators.test, ...moments, ...images]) resource.dispose();
    disposeWeights(weights);
  }
}
