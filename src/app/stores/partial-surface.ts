/** What there is of a surface while it streams, as one that was cancelled. */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import type { Surface } from "../../experiment/surface.ts";
import type { SurfaceEvent } from "../../jobs/surface-jobs.ts";

/** What has come in is kept this often, so that a reload loses no more. */
const keepEveryMs = 2000;

export interface PartialSurface {
  receive(event: SurfaceEvent): void;
  keepNow(): void;
}

/** Keeps what has come of a surface every few seconds, from the event on that says what it is. */
export function partialSurface(
  event: SurfaceEvent,
  grid: ProgressiveGrid,
  keep: (surface: Surface) => void,
): PartialSurface | null {
  if (event.kind !== "started") return null;
  const { report } = event;
  const startedMs = performance.now();
  let keptMs = startedMs;
  let evaluations = 0;
  const keepNow = () => {
    keptMs = performance.now();
    keep({
      values: grid.snapshot(),
      report: { ...report, evaluations, elapsedMs: report.elapsedMs + keptMs - startedMs },
    });
  };
  return {
    receive(next) {
      if (next.kind !== "tile") return;
      // The last point comes with the result.
      if (performance.now() - keptMs >= keepEveryMs && next.done < next.evaluations) keepNow();
      evaluations = next.done;
    },
    keepNow,
  };
}
