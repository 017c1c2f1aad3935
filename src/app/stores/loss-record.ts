/** Batch losses of a run, one a step, in a typed array that grows: outside React's state, read by the curves. */
export class LossRecord {
  #values = new Float32Array(1024);
  length = 0;
  revision = 0;

  /** Losses of the steps `from`, `from + 1`, …; overwrites what was there (a resumed run repeats nothing, a late tick may). */
  write(from: number, losses: Float32Array): void {
    const end = from + losses.length;
    if (end > this.#values.length) {
      const larger = new Float32Array(Math.max(end, this.#values.length * 2));
      larger.set(this.#values);
      this.#values = larger;
    }
    if (from > this.length) this.#values.fill(Number.NaN, this.length, from);
    this.#values.set(losses, from);
    this.length = Math.max(this.length, end);
    this.revision += 1;
  }

  reset(losses: Float32Array = new Float32Array(0)): void {
    this.length = 0;
    this.write(0, losses);
  }

  get values(): Float32Array {
    return this.#values.subarray(0, this.length);
  }
}
