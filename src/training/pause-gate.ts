/** Lets a loop's steps pass, or holds them, or passes a counted few. */
export class PauseGate {
  #paused: boolean;
  #granted = 0;
  #waiting: (() => void)[] = [];

  constructor(paused = false) {
    this.#paused = paused;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Steps that may be taken now: any number, or those granted one by one while paused. */
  get allowance(): number {
    return this.#paused ? this.#granted : Number.POSITIVE_INFINITY;
  }

  pause(): void {
    this.#paused = true;
    this.#granted = 0;
    this.#wake();
  }

  resume(): void {
    this.#paused = false;
    this.#wake();
  }

  /** Passes one more step, then holds; pauses first if need be. */
  step(): void {
    this.#paused = true;
    this.#granted++;
    this.#wake();
  }

  /** Uses up `count` of the allowance. */
  take(count: number): void {
    if (this.#paused) this.#granted = Math.max(0, this.#granted - count);
  }

  /** Waits until there is an allowance; rejects with the signal's reason when it is aborted. */
  async open(signal: AbortSignal): Promise<void> {
    while (this.allowance === 0) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    signal.throwIfAborted();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}
