/** A queue for things that must not run at once. Each names the lanes it needs; within a lane they run in order of arrival. */
export class Lanes<Lane extends string> {
  readonly #tails = new Map<Lane, Promise<void>>();

  /**
   * Runs `work` once every earlier user of its lanes is done. Rejects with the signal's reason when it is aborted while
   * waiting; `work` is not called then.
   */
  async run<T>(lanes: readonly Lane[], signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = lanes.map((lane) => this.#tails.get(lane));
    let finish = () => {};
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    // A waiter that gives up must still keep those behind it from overtaking those before it.
    const tail = Promise.all([...before, done]).then(() => {});
    for (const lane of lanes) this.#tails.set(lane, tail);
    try {
      await Promise.race([Promise.all(before), rejectOnAbort(signal)]);
      return await work();
    } finally {
      finish();
    }
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  const rejection = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  rejection.catch(() => {});
  return rejection;
}
