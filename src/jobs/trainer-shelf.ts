/** Keeps the trainer of one run for the next. Whoever takes it off the shelf owns it. */
import { programKey, Trainer, type TrainerOptions } from "../training/trainer.ts";

interface Shelved {
  readonly trainer: Trainer;
  readonly options: TrainerOptions;
}

export class TrainerShelf {
  #shelved: Shelved | undefined;

  /** A trainer at the start of `options`: the kept one if its programs are these, else a new one. `compiled` counts programs. */
  async take(options: TrainerOptions): Promise<{ trainer: Trainer; compiled: number }> {
    const kept = this.#shelved;
    this.#shelved = undefined;
    if (kept && fits(kept.options, options)) {
      kept.trainer.restart(options);
      return { trainer: kept.trainer, compiled: 0 };
    }
    kept?.trainer.dispose();
    const trainer = await Trainer.create(options);
    return { trainer, compiled: trainer.programs };
  }

  put(trainer: Trainer, options: TrainerOptions): void {
    this.#shelved?.trainer.dispose();
    this.#shelved = { trainer, options };
  }
}

/** Whether a kept trainer has the device, the images, the loss and the program that are wanted. */
const fits = (kept: TrainerOptions, wanted: TrainerOptions): boolean =>
  kept.backend === wanted.backend &&
  kept.images.train === wanted.images.train &&
  kept.images.test === wanted.images.test &&
  kept.loss === wanted.loss &&
  programKey(kept) === programKey(wanted);
