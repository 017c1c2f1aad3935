/** Another direction in a surface's settings: with its kind come the treatment and the range that are usual for it. */
import { usualFor, usualTreatment } from "../../experiment/direction-treatment.ts";
import type { GridAxis } from "../../experiment/grid.ts";
import type { SurfaceView, ViewDirection } from "../../experiment/surface-view.ts";

const usualEnds = { min: -1, max: 1 };

/** Nothing but the directions changes where their kinds stay: a variant stays one, and so does a range. */
export function chooseDirections(
  { x, y, alpha, beta }: Pick<SurfaceView, "x" | "y" | "alpha" | "beta">,
  change: Partial<Pick<SurfaceView, "x" | "y">>,
): Partial<SurfaceView> {
  const next = { x, y, ...change };
  if (next.x.kind === x.kind && (next.y ?? next.x).kind === (y ?? x).kind) return change;
  const rangeOf = (before: ViewDirection | null, now: ViewDirection | null, axis: GridAxis) =>
    before && now && usualFor(before.kind) !== usualFor(now.kind) ? { ...axis, ...usualEnds } : axis;
  return {
    ...change,
    ...usualTreatment(next),
    alpha: rangeOf(x, next.x, alpha),
    beta: rangeOf(y, next.y, beta),
  };
}
