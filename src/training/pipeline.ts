/** Results that are awaited in the order in which they were enqueued, a few behind. */
export class Pipeline {
  readonly #depth: number;
  readonly #pending: (() => Promise<void>)[] = [];

  /** At most `depth` results stay unconsumed after `add`. */
  constructor(depth: number) {
    this.#depth = depth;
  }

  /** Enqueues `result`, to be consumed after all before it. Rejects with the error of a result now due. */
  async add<T>(result: Promise<T>, consume: (value: T) => void | Promise<void>): Promise<void> {
    // It may fail long before its turn.
    result.catch(() => {});
    this.#pending.push(async () => consume(await result));
    while (this.#pending.length > this.#depth) await this.#pending.shift()?.();
  }

  /** Consumes all that is pending. */
  async drain(): Promise<void> {
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) await next();
  }
}
