/**
 * The order of events on a backend that computes on its own thread: tasks run one after another in the order they were
 * added, and the event loop gets a turn between them when they take long, so that a worker hears messages meanwhile.
 */

/** How long tasks may hold the thread before the event loop gets a turn. A single task is never interrupted. */
const turnMs = 25;

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();
  #lastTurn = performance.now();
  #closed: Error | null = null;

  /** Runs `task` after all that were added before; rejects with its error, or with the queue's when it is closed. */
  add<T>(task: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      if (performance.now() - this.#lastTurn > turnMs) {
        await nextTurn();
        this.#lastTurn = performance.now();
      }
      if (this.#closed) throw this.#closed;
      return task();
    });
    this.#last = result.catch(() => {});
    return result;
  }

  /** Resolves when everything added so far is done. */
  async idle(): Promise<void> {
    await this.#last;
  }

  /** Tasks that have not begun, and all to come, reject with `reason`. */
  close(reason: Error): void {
    this.#closed ??= reason;
  }
}
