/**
 * Keeps a device busy without running far ahead of it: how much work to put in one submission, and when there is room for
 * the next. Work is counted in floating-point operations; the rate is measured as it completes. While waiting, and at
 * least every few dozen milliseconds, other events of this thread are let in, so that pause and cancel are heard.
 */
import { yieldToEvents } from "./yield-to-events.ts";

/** Busy time after which a measurement counts for 1/e. */
const horizonMs = 2000;
const yieldEveryMs = 30;

export interface WorkWindowOptions {
  readonly targetMs?: number;
  readonly giveWay?: () => Promise<void>;
}

export class WorkWindow {
  readonly #targetMs: number;
  readonly #giveWay: () => Promise<void>;
  /** Work done and time busy, both fading alike: completions that arrive together count as one. */
  #doneFlop = 0;
  #busyMs = 0;
  #outstanding = 0;
  #outstandingFlop = 0;
  #lastCompletionMs = 0;
  #lastYieldMs = performance.now();
  #completed: (() => void)[] = [];

  /**
   * Submissions of about `targetMs`, two of them in flight or as many as make up that time. Before each, `giveWay` may have
   * it wait for other work.
   */
  constructor({ targetMs = 60, giveWay = async () => {} }: WorkWindowOptions = {}) {
    this.#targetMs = targetMs;
    this.#giveWay = giveWay;
  }

  /** The measured rate; 0 before the first completion. */
  get flopPerSecond(): number {
    return this.#flopPerMs * 1000;
  }

  /** How many items of `flop` each make one submission. */
  itemsPerSubmission(flop: number): number {
    return Math.max(1, Math.floor((this.#flopPerMs * this.#targetMs) / flop));
  }

  /** Waits until work of `flop` may be submitted; rejects with the signal's reason when it is aborted. */
  async room(flop: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await this.#giveWay();
    signal?.throwIfAborted();
    if (performance.now() - this.#lastYieldMs > yieldEveryMs) {
      await yieldToEvents();
      this.#lastYieldMs = performance.now();
      signal?.throwIfAborted();
    }
    while (this.#outstanding >= 2 && this.#outstandingFlop + flop > 2 * this.#flopPerMs * this.#targetMs) {
      await new Promise<void>((resolve) => this.#completed.push(resolve));
      signal?.throwIfAborted();
    }
  }

  /** Submits work of `flop` by calling `start`. The caller may leave the returned promise alone. */
  track<T>(flop: number, start: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    this.#outstanding++;
    this.#outstandingFlop += flop;
    const result = start();
    const settle = (succeeded: boolean) => {
      const nowMs = performance.now();
      const elapsedMs = nowMs - Math.max(startedMs, this.#lastCompletionMs);
      this.#lastCompletionMs = nowMs;
      this.#outstanding--;
      this.#outstandingFlop -= flop;
      if (succeeded) this.#measure(flop, elapsedMs);
      const waiting = this.#completed;
      this.#completed = [];
      for (const wake of waiting) wake();
    };
    result.then(
      () => settle(true),
      () => settle(false),
    );
    return result;
  }

  get #flopPerMs(): number {
    return this.#busyMs > 0 ? this.#doneFlop / this.#busyMs : 0;
  }

  #measure(flop: number, elapsedMs: number): void {
    const fading = Math.exp(-elapsedMs / horizonMs);
    this.#doneFlop = this.#doneFlop * fading + flop;
    this.#busyMs = this.#busyMs * fading + elapsedMs;
  }
}
