/**
 * Progress at most ten times a second. A tick carries all losses since the last one that was taken; while the receiver is
 * behind there is none, so the next one is the latest.
 */

type SendTick = (
  step: number,
  firstLossStep: number,
  batchLosses: Float32Array,
  imagesPerSecond: number,
) => Promise<void>;

const tickMs = 100;
/** Speed is averaged over about this long. */
const averagedMs = 2000;

export class ProgressTicker {
  readonly #send: SendTick;
  #sentStep: number;
  #losses: number[] = [];
  #isSending = false;
  #lastTickMs = Number.NEGATIVE_INFINITY;
  #images = 0;
  #measuredSinceMs = performance.now();
  #imagesPerSecond = 0;

  constructor(step: number, send: SendTick) {
    this.#sentStep = step;
    this.#send = send;
  }

  /** Takes note of the steps just done, and of how many images they saw. */
  record(batchLosses: Float32Array, images: number): void {
    for (const loss of batchLosses) this.#losses.push(loss);
    this.#measure(images);
    if (!this.#isSending && performance.now() - this.#lastTickMs >= tickMs) this.flush();
  }

  /** Speed is not measured while paused. Sends a tick at once. */
  pause(isPaused: boolean): void {
    if (!isPaused) {
      this.#images = 0;
      this.#measuredSinceMs = performance.now();
    }
    this.flush();
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
    this.#send(this.#sentStep, first, losses, this.#imagesPerSecond).then(settle, settle);
  }

  #measure(images: number): void {
    this.#images += images;
    const elapsedMs = performance.now() - this.#measuredSinceMs;
    if (elapsedMs === 0) return;
    const measured = (this.#images / elapsedMs) * 1000;
    this.#imagesPerSecond = measured;
    if (elapsedMs < averagedMs) return;
    this.#images /= 2;
    this.#measuredSinceMs += elapsedMs / 2;
  }
}
