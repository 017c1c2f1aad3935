/** Shares a surface's cells among other workers. Each has a little to do ahead; the order stays coarse to fine. */
import type { MeasuredCells } from "../experiment/surface.ts";
import type { JobHandle, JobRunner } from "./jobs.ts";
import type { SurfaceParams } from "./surface-jobs.ts";

export interface HelperOptions {
  readonly helpers: readonly JobRunner[];
  readonly params: SurfaceParams;
  /** Cells in the order to measure. */
  readonly cells: Uint32Array;
  /** Work of one cell. */
  readonly flop: number;
  readonly signal: AbortSignal;
  onTile(tile: MeasuredCells, flopPerSecond: number): Promise<void>;
}

/** A helper is sent about this much work at a time, and has two such pieces. */
const pieceMs = 100;

/**
 * Resolves when every cell has been handed out. On the signal the helpers stop after the cell in hand, and it rejects with
 * the signal's reason; the first error of a helper stops all and is the error of this.
 */
export async function measureWithHelpers(options: HelperOptions): Promise<void> {
  const { helpers, params, cells, flop, signal, onTile } = options;
  const { known: _, ...helperParams } = params;
  const startedMs = performance.now();
  let next = 0;
  let done = 0;
  const handles = helpers.map((helper) => helper.start("measureCells", helperParams));
  const cancelAll = () => {
    for (const handle of handles) handle.cancel();
  };
  signal.addEventListener("abort", cancelAll);

  const serve = async (handle: JobHandle<"measureCells">): Promise<void> => {
    let outstanding = 0;
    let piece = 1;
    const send = () => {
      while (next < cells.length && outstanding < 2 * piece) {
        const count = Math.min(piece, cells.length - next);
        handle.control({ kind: "measure", cells: cells.slice(next, next + count) });
        next += count;
        outstanding += count;
      }
      if (outstanding === 0) handle.control({ kind: "finish" });
    };
    send();
    for await (const { gflopPerSecond, ...tile } of handle.events) {
      outstanding -= tile.cells.length;
      done += tile.cells.length;
      piece = Math.min(64, Math.max(1, Math.floor((gflopPerSecond * 1e6 * pieceMs) / flop)));
      send();
      await onTile(tile, (done * flop) / ((performance.now() - startedMs) / 1000));
    }
    await handle.result;
  };
  try {
    await Promise.all(handles.map(serve));
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener("abort", cancelAll);
    cancelAll();
    await Promise.allSettled(handles.map(({ result }) => result));
  }
}
