/** Counts bytes held and remembers the peak. */
export class MemoryMeter {
  #bytes = 0;
  #peakBytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get peakBytes(): number {
    return this.#peakBytes;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    this.#peakBytes = Math.max(this.#peakBytes, this.#bytes);
  }

  subtract(bytes: number): void {
    this.#bytes -= bytes;
  }
}
