/**
 * Where kernel choices are kept: adapter and problem → variant. The choice is part of a result, since another tile or
 * split changes rounding; so it can be exported, recorded and imported. Not here: how a choice is made (tuner.ts).
 */
export interface TuningStore {
  /** The variant chosen earlier, or undefined. */
  get(key: string): string | undefined;
  put(key: string, variant: string): void;
  /** All choices, sorted by key, as plain JSON. */
  export(): Record<string, string>;
}

/** Choices in memory, starting from what `export` gave elsewhere. */
export class MemoryTuningStore implements TuningStore {
  readonly #choices: Map<string, string>;

  constructor(choices: Readonly<Record<string, string>> = {}) {
    this.#choices = new Map(Object.entries(choices));
  }

  get(key: string): string | undefined {
    return this.#choices.get(key);
  }

  put(key: string, variant: string): void {
    this.#choices.set(key, variant);
  }

  export(): Record<string, string> {
    return Object.fromEntries([...this.#choices].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
