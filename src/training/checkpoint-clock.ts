/** When the next checkpoint is due: from time to time, more seldom where taking one is slow, and whenever one is asked for. */

/** Checkpoints may take this fraction of the time. */
const checkpointShare = 0.05;

export class CheckpointClock {
  #everyMs: number;
  #takenMs = performance.now();
  #isAsked = false;

  constructor(everyMs = 10_000) {
    this.#everyMs = everyMs;
  }

  get isDue(): boolean {
    return this.#isAsked || performance.now() - this.#takenMs > this.#everyMs;
  }

  ask(): void {
    this.#isAsked = true;
  }

  /** One is being taken. Gives back what `end` takes. */
  begin(): number {
    this.#isAsked = false;
    this.#takenMs = performance.now();
    return this.#takenMs;
  }

  /** It is kept. */
  end(begunMs: number): void {
    this.#everyMs = Math.max(this.#everyMs, (performance.now() - begunMs) / checkpointShare);
  }
}
