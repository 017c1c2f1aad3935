/**
 * Events on their way to one reader. Until it starts to read, everything is kept; once it stops, everything is dropped.
 * Ends without throwing: a job's error is its result's.
 */
export class EventStream<Event> implements AsyncIterable<Event> {
  readonly #onTaken: () => void;
  readonly #buffer: Event[] = [];
  #waiting: ((result: IteratorResult<Event>) => void) | undefined;
  #reading: "not yet" | "on" | "over" = "not yet";
  #ended = false;

  /** `onTaken` is called for every event that the reader took or will never take. */
  constructor(onTaken: () => void = () => {}) {
    this.#onTaken = onTaken;
  }

  push(event: Event): void {
    if (this.#reading === "over") {
      this.#onTaken();
      return;
    }
    // Nobody may ever read: the sender is not to wait for that.
    if (this.#reading === "not yet") this.#onTaken();
    this.#buffer.push(event);
    this.#hand();
  }

  end(): void {
    this.#ended = true;
    this.#hand();
  }

  [Symbol.asyncIterator](): AsyncIterator<Event> {
    if (this.#reading !== "not yet") throw new TypeError("A job's events are read by one reader.");
    this.#reading = "on";
    let freeOfCharge = this.#buffer.length;
    const take = (result: IteratorResult<Event>) => {
      if (result.done) return result;
      if (freeOfCharge > 0) freeOfCharge--;
      else this.#onTaken();
      return result;
    };
    return {
      next: async () => take(await this.#next()),
      return: async () => {
        this.#reading = "over";
        const left = this.#buffer.splice(0).length;
        for (let i = freeOfCharge; i < left; i++) this.#onTaken();
        return { done: true, value: undefined };
      },
    };
  }

  #next(): Promise<IteratorResult<Event>> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#hand();
    });
  }

  #hand(): void {
    if (!this.#waiting) return;
    const waiting = this.#waiting;
    const [event] = this.#buffer.splice(0, 1);
    if (event !== undefined) {
      this.#waiting = undefined;
      waiting({ done: false, value: event });
    } else if (this.#ended) {
      this.#waiting = undefined;
      waiting({ done: true, value: undefined });
    }
  }
}
