/** Surfaces as their readers have them: the values of all tiles, and the report. */
import { ProgressiveGrid } from "../../src/experiment/progressive-grid.ts";
import type { Surface } from "../../src/experiment/surface.ts";
import type { JobHandle, JobParams, JobRunner } from "../../src/jobs/jobs.ts";
import type { SurfaceEvent } from "../../src/jobs/surface-jobs.ts";

/** Reads a surface that was started with `params` to its end; `onEvent` hears of each event first. */
export async function collectSurface(
  handle: JobHandle<"surface">,
  { request: { alpha, beta, y }, known }: JobParams<"surface">,
  onEvent: (event: SurfaceEvent) => void = () => {},
): Promise<Surface> {
  const values = new ProgressiveGrid(alpha, y ? beta : null);
  if (known) values.apply(known);
  for await (const event of handle.events) {
    onEvent(event);
    if (event.kind === "tile") values.apply(event);
  }
  return { values, report: await handle.result };
}

export const measureSurface = (runner: JobRunner, params: JobParams<"surface">): Promise<Surface> =>
  collectSurface(runner.start("surface", params), params);
