/**
 * Progress at most ten times a second. A tick carries all losses since the last one that was taken; while the receiver is
 * behind there is none, so the next one is the latest.
 */

type SendTick = (step: number, firstLossStep: number, batchLosses: Float32Array) => Promise<void>;

const tickMs = 100;

export class ProgressTicker {
  readonly #send: SendTick;
  #sentStep: number;
  #losses: number[] = [];
  #isSending = false;
  #lastTickMs = Number.NEGATIVE_INFINITY;

  /** For a run that goes on after `step`. */
  constructor(step: number, send: SendTick) {
    this.#sentStep = step;
    this.#send = send;
  }

  /** Takes note of the losses of the steps just done. */
  record(batchLosses: Float32Array): void {
    for (const loss of batchLosses) this.#losses.push(loss);
    if (!this.#isSending && performance.now() - this.#lastTickMs >= tickMs) this.flush();
  }

  /** Sends what there is. */
  flush(): void {
    const losses = Float32Array.from(this.#losses.splice(0));
    const first = this.#sentStep;
    this.#sentStep += losses.length;
    this.#lastTickMs = performance.now();
    this.#isSending = true;
    const settle = () => {
      this.#isSending = false;
    };
    this.#send(this.#sentStep, first, losses).then(settle, settle);
  }
}
