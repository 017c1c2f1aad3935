/** Measures a surface, and says on stderr how far it is. */
import { ProgressiveGrid } from "../experiment/progressive-grid.ts";
import type { Surface } from "../experiment/surface.ts";
import type { JobParams } from "../jobs/jobs.ts";
import type { SurfaceEvent } from "../jobs/surface-jobs.ts";
import type { Session } from "./session.ts";

/** Resolves with what was measured when it is interrupted, too; rejects with the job's error. */
export async function measureSurface(params: JobParams<"surface">, session: Session): Promise<Surface> {
  const { alpha, beta, y } = params.request;
  const values = new ProgressiveGrid(alpha, y ? beta : null);
  const report = await session.follow("surface", params, (event) => {
    if (event.kind === "tile") values.apply(event);
    sayHowFar(event, session);
  });
  return { values, report };
}

function sayHowFar(event: SurfaceEvent, { say, sayProgress }: Session): void {
  if (event.kind === "started") {
    say(`${event.evaluations} points of ${(event.cost.flopPerStep / 1e9).toPrecision(3)} GFLOP`);
    return;
  }
  const { done, evaluations, gflopPerSecond, etaSeconds } = event;
  sayProgress(
    `${done} of ${evaluations} points, ${gflopPerSecond.toPrecision(3)} GFLOP/s, ${Math.ceil(etaSeconds)} s left`,
  );
}
