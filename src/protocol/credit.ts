/** Credit of a sender towards a receiver: each event costs one, and comes back when the receiver has taken it. */
export class Credit {
  #left: number;
  #waiting: (() => void)[] = [];

  constructor(initial: number) {
    this.#left = initial;
  }

  spend(): void {
    this.#left--;
  }

  refund(): void {
    this.#left++;
    if (this.#left > 0) this.#wake();
  }

  /** Waits until some is left. */
  async available(): Promise<void> {
    while (this.#left <= 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Lets every waiter go on, for good. */
  cancel(): void {
    this.#left = Number.POSITIVE_INFINITY;
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}

/** Events a receiver may be behind. */
export const creditPerJob = 8;
