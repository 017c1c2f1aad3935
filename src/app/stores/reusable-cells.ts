/** Which values of the last surface are values of the next one too. */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import type { DirectionSource, MeasuredCells, SurfaceReport, SurfaceRequest } from "../../experiment/surface.ts";
import type { SurfaceSource } from "./surface-source.ts";

export interface Measured {
  readonly grid: ProgressiveGrid | null;
  readonly source: SurfaceSource | null;
  readonly request: SurfaceRequest | null;
  readonly report: SurfaceReport | null;
}

/**
 * Values of `before` at points that `grid` shares, where both are the same function around the same weights; null for
 * none. Of a surface that was kept, the report says what function it is: enough for random directions.
 */
export function reusableCells(
  { grid: old, source: oldSource, request: oldRequest, report }: Measured,
  source: SurfaceSource,
  request: SurfaceRequest,
  grid: ProgressiveGrid,
): MeasuredCells | null {
  if (!old || oldSource?.weights !== source.weights) return null;
  const before = oldRequest ? identityOf(oldRequest) : report && identityOfReport(report);
  if (before !== identityOf(request) || !sameVectors(oldRequest, request)) return null;
  const known = old.knownIn(grid);
  return known.cells.length > 0 ? known : null;
}

/** Whether two requests ask for one function of α and β; the grid does not matter. */
export function sameFunction(a: SurfaceRequest, b: SurfaceRequest): boolean {
  return identityOf(a) === identityOf(b) && sameVectors(a, b);
}

function identityOf({ x, y, ...rest }: SurfaceRequest): string {
  return identityOfReport({ request: { ...rest, x: nameOf(x), y: y && nameOf(y) } });
}

function identityOfReport({ request }: Pick<SurfaceReport, "request">): string {
  const { x, y, normalization, biases, orthogonalize, batchNorm, subset } = request;
  return JSON.stringify([x, y, normalization, biases, orthogonalize, batchNorm, subset]);
}

const nameOf = (direction: DirectionSource) =>
  direction.kind === "random" ? `random:${direction.seed}` : direction.label;

/** Computed directions of one name are the same only when they are the same array. */
function sameVectors(before: SurfaceRequest | null, now: SurfaceRequest): boolean {
  const vectorOf = (direction: DirectionSource | null | undefined) =>
    direction?.kind === "vector" ? direction.vector : null;
  return vectorOf(before?.x) === vectorOf(now.x) && vectorOf(before?.y) === vectorOf(now.y);
}
