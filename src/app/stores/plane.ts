/** The plane, or line, that the surface on the plate lies in: what its exact derivatives are asked for. */
import { hasRunningStatistics } from "../../architectures/specs.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { SurfaceRequest } from "../../experiment/surface.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import { type Metric, metricNames } from "../figure/metric.ts";
import { sameFunction } from "./reusable-cells.ts";
import type { SurfaceSource } from "./surface-source.ts";
import type { SurfaceState } from "./surface-store.ts";

export interface Plane {
  readonly source: SurfaceSource;
  readonly request: SurfaceRequest;
}

type SurfaceParts = Pick<SurfaceState, "source" | "settings" | "request" | "isOrphan">;

/** Null where there is none, its directions are still to be computed, or its weights are not loaded. */
export function planeOf({ source, settings, request, isOrphan }: SurfaceParts): Plane | null {
  if (!source || !settings || isOrphan) return null;
  const named = request ?? withRandomDirections(settings);
  return named && { source, request: named };
}

/** The request of a surface that was kept: random directions are their seeds. */
function withRandomDirections({ x, y, ...rest }: SurfaceView): SurfaceRequest | null {
  return x.kind === "random" && (y === null || y.kind === "random") ? { ...rest, x, y } : null;
}

/** Whether loss and derivatives are the same functions of α and β. The grid does not matter. */
export function samePlane(a: Plane, b: Plane): boolean {
  return a.source.weights === b.source.weights && a.source.spec === b.source.spec && sameFunction(a.request, b.request);
}

/** The same plane between the same ends of α and β. */
export function sameRectangle(a: Plane, b: Plane): boolean {
  const endsOf = ({ alpha, beta }: SurfaceRequest) => [alpha.min, alpha.max, beta.min, beta.max];
  const ends = endsOf(b.request);
  return samePlane(a, b) && endsOf(a.request).every((end, index) => end === ends[index]);
}

/** Why the Hessian of this surface cannot be had; null where it can. */
export function hessianRefusal(
  spec: Spec,
  { batchNorm }: Pick<SurfaceView, "batchNorm">,
  surface: SurfaceParts | null,
): string | null {
  const hasStatistics = hasRunningStatistics(spec.model);
  if (hasStatistics && batchNorm === "reestimated")
    return "BatchNorm is re-estimated at every point, which has no exact derivative here. Choose frozen or batch statistics.";
  if (!surface?.source) return null;
  if (surface.isOrphan) return "The weights of this surface are no longer kept. Measure it again.";
  const isKept = surface.request === null && !planeOf(surface);
  return isKept ? "The directions of this surface are not known. Measure it again once they are computed." : null;
}

/** Why the quadratic model of the loss cannot be drawn over this figure; null where it can. */
export function modelRefusal(metric: Metric, hessian: string | null): string | null {
  if (metric !== "loss") return `It is a model of the loss; the figure shows the ${metricNames[metric].toLowerCase()}.`;
  return hessian;
}

/** Why a convexity map cannot colour this figure; null where it can. */
export function convexityRefusal(view: SurfaceView, hessian: string | null): string | null {
  return view.y === null ? "A line has no surface to colour. Choose a second direction." : hessian;
}
