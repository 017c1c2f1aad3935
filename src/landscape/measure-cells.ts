/** Measures cells of a grid one after another and hands them out in tiles as they come. */
import type { SetMetrics } from "../execution/evaluator.ts";
import { Pipeline } from "../execution/pipeline.ts";
import type { WorkWindow } from "../execution/work-window.ts";
import { yieldToEvents } from "../execution/yield-to-events.ts";
import type { MeasuredCells } from "../experiment/surface.ts";
import type { PlaneEvaluator } from "./plane-evaluator.ts";

export interface MeasureCellsOptions {
  readonly evaluator: PlaneEvaluator;
  /** Values of the grid's columns and rows. */
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  /** Cells in the order to measure. */
  readonly cells: Iterable<number> | AsyncIterable<number>;
  readonly window: WorkWindow;
  readonly signal?: AbortSignal;
  /** Time between tiles. */
  readonly tileEveryMs?: number;
  onTile(tile: MeasuredCells): void | Promise<void>;
}

/** Points that may be enqueued before the first of them is read. */
const pointsAhead = 32;

/**
 * Resolves when every cell has been measured and handed out. On the signal it hands out what has been measured and
 * rejects with the signal's reason.
 */
export async function measureCells(options: MeasureCellsOptions): Promise<void> {
  const { evaluator, alpha, beta, cells, window, signal, tileEveryMs = 100, onTile } = options;
  const pipeline = new Pipeline(pointsAhead);
  const measured: { cell: number; metrics: SetMetrics }[] = [];
  let flushedMs = Number.NEGATIVE_INFINITY;
  const flush = async () => {
    if (measured.length === 0) return;
    flushedMs = performance.now();
    await onTile(tileOf(measured.splice(0)));
  };
  const handOut = async () => {
    await pipeline.drain();
    await flush();
  };
  try {
    for await (const cell of Symbol.asyncIterator in cells ? noticeIdle(cells, handOut) : cells) {
      const { metrics } = await evaluator.enqueue(
        alpha[cell % alpha.length],
        beta[Math.floor(cell / alpha.length)],
        window,
        signal,
      );
      await pipeline.add(metrics, async (found) => {
        measured.push({ cell, metrics: found });
        if (performance.now() - flushedMs >= tileEveryMs) await flush();
      });
    }
  } catch (error) {
    if (signal?.aborted) await handOut();
    throw error;
  }
  await handOut();
}

/** The same values; `onIdle` is awaited whenever the next is not there yet, so that whoever sends it need not wait for a tile. */
async function* noticeIdle<T>(source: AsyncIterable<T>, onIdle: () => Promise<void>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  for (;;) {
    const next = iterator.next();
    const isThere = await Promise.race([next.then(() => true), yieldToEvents().then(() => false)]);
    if (!isThere) await onIdle();
    const { done, value } = await next;
    if (done) return;
    yield value;
  }
}

const tileOf = (measured: readonly { readonly cell: number; readonly metrics: SetMetrics }[]): MeasuredCells => ({
  cells: Uint32Array.from(measured, ({ cell }) => cell),
  loss: Float64Array.from(measured, ({ metrics }) => metrics.loss),
  lossError: Float64Array.from(measured, ({ metrics }) => metrics.lossError),
  accuracy: Float64Array.from(measured, ({ metrics }) => metrics.accuracy),
});
