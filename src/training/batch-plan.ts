/** Which examples, drawn how, each optimiser step sees: a function of the step and the seed alone, so that runs resume. */
import { augmentationDraws } from "../data/augmentation.ts";
import { epochOrder } from "../data/epoch-order.ts";

export interface BatchPlanSettings {
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
}

/** A training spec that does not fit its data. */
class TrainingSpecError extends Error {
  override readonly name = "TrainingSpecError";
}

export class BatchPlan {
  readonly stepsPerEpoch: number;
  readonly steps: number;
  readonly #count: number;
  readonly #settings: BatchPlanSettings;
  readonly #augment: boolean;
  #order: { readonly epoch: number; readonly indices: Int32Array } | undefined;

  /** For a training set of `count` images; every epoch sees each once, the last batch of it may be smaller. */
  constructor(count: number, settings: BatchPlanSettings, augment: boolean) {
    if (settings.batchSize > count) {
      throw new TrainingSpecError(
        `training.batchSize is ${settings.batchSize}, and there are only ${count} training images. ` +
          `Set it to ${count} or less, or raise data.train.count.`,
      );
    }
    this.#count = count;
    this.#settings = settings;
    this.#augment = augment;
    this.stepsPerEpoch = Math.ceil(count / settings.batchSize);
    this.steps = this.stepsPerEpoch * settings.epochs;
  }

  /** The epoch (from 0) that `step` (from 0) belongs to. */
  epochOf(step: number): number {
    return Math.floor(step / this.stepsPerEpoch);
  }

  /** Steps from `step` on that see full batches before the epoch ends, or 1 at its ragged end. */
  uniformStepsFrom(step: number): number {
    const left = this.stepsPerEpoch - (step % this.stepsPerEpoch);
    const isRagged = this.#count % this.#settings.batchSize !== 0;
    return isRagged && left > 1 ? left - 1 : left;
  }

  /** The batch sizes that occur. */
  get sizes(): number[] {
    return [...new Set([this.sizeOf(0), this.sizeOf(this.stepsPerEpoch - 1)])];
  }

  sizeOf(step: number): number {
    const start = (step % this.stepsPerEpoch) * this.#settings.batchSize;
    return Math.min(this.#settings.batchSize, this.#count - start);
  }

  /** Positions in the training set, int [size]. */
  indices(step: number): Int32Array {
    const epoch = this.epochOf(step);
    if (this.#order?.epoch !== epoch) {
      this.#order = { epoch, indices: epochOrder(this.#count, this.#settings.seed, epoch) };
    }
    const start = (step % this.stepsPerEpoch) * this.#settings.batchSize;
    return this.#order.indices.slice(start, start + this.sizeOf(step));
  }

  /** Crops and flips, int [size, 3]; zeros without augmentation. */
  draws(step: number): Int32Array {
    const size = this.sizeOf(step);
    return this.#augment ? augmentationDraws(size, this.#settings.seed, step) : new Int32Array(size * 3);
  }
}
