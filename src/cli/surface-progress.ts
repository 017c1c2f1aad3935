/** How far a surface is, on stderr. */
import type { SurfaceEvent } from "../jobs/surface-jobs.ts";
import type { Session } from "./session.ts";

export function reportSurface(event: SurfaceEvent, { say, sayProgress }: Session): void {
  if (event.kind === "started") {
    say(`${event.evaluations} points of ${(event.cost.flopPerStep / 1e9).toPrecision(3)} GFLOP`);
    return;
  }
  const { done, evaluations, gflopPerSecond, etaSeconds } = event;
  sayProgress(
    `${done} of ${evaluations} points, ${gflopPerSecond.toPrecision(3)} GFLOP/s, ${Math.ceil(etaSeconds)} s left`,
  );
}
