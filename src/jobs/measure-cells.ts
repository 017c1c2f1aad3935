/** Measures cells for another worker as they are sent. */
import { measureCells as measure } from "../landscape/measure-cells.ts";
import type { JobHandlers } from "./job-context.ts";
import { prepareSurface } from "./surface-problem.ts";

export const measureCells: JobHandlers["measureCells"] = async (params, { signal, emit, onControl, workbench }) => {
  const cells = new CellQueue();
  onControl((message) => (message.kind === "measure" ? cells.add(message.cells) : cells.finish()));
  signal.addEventListener("abort", () => cells.finish());
  const { evaluator, alpha, beta } = await prepareSurface(params, workbench);
  const window = workbench.window();
  await measure({
    evaluator,
    alpha,
    beta,
    cells,
    window,
    signal,
    onTile: (tile) => emit({ ...tile, gflopPerSecond: window.flopPerSecond / 1e9 }),
  });
  return null;
};

/** Cells in order of arrival; waits for more until it is finished. */
class CellQueue implements AsyncIterable<number> {
  readonly #cells: number[] = [];
  #isFinished = false;
  #wake = () => {};

  add(cells: Uint32Array): void {
    for (const cell of cells) this.#cells.push(cell);
    this.#wake();
  }

  finish(): void {
    this.#isFinished = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    for (;;) {
      const cell = this.#cells.shift();
      if (cell !== undefined) yield cell;
      else if (this.#isFinished) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
