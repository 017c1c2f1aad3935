/** Results consumed in the order in which they were enqueued, each as soon as it is there. */
export class Pipeline {
  readonly #depth: number;
  #tail: Promise<void> = Promise.resolve();
  #pending = 0;
  #room: (() => void)[] = [];
  #failure: { readonly error: unknown } | undefined;

  /** `add` waits while more than `depth` results are not yet consumed. */
  constructor(depth: number) {
    this.#depth = depth;
  }

  /** Enqueues `result`, to be consumed after all before it. Rejects with the first error of a result or of its consumer. */
  async add<T>(result: Promise<T>, consume: (value: T) => void | Promise<void>): Promise<void> {
    // It may fail long before its turn.
    result.catch(() => {});
    this.#pending++;
    this.#tail = this.#tail.then(async () => {
      try {
        if (!this.#failure) await consume(await result);
      } catch (error) {
        this.#failure = { error };
      }
      this.#pending--;
      for (const resume of this.#room.splice(0)) resume();
    });
    while (this.#pending > this.#depth && !this.#failure) {
      await new Promise<void>((resolve) => this.#room.push(resolve));
    }
    this.#throwFailure();
  }

  /** Waits until all is consumed. Rejects as `add` does. */
  async drain(): Promise<void> {
    await this.#tail;
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
