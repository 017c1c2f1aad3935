/** A convexity map that was kept with a run, and whether it is one of the plane on the plate. */
import type { PlaneConvexity } from "../../experiment/curvature.ts";
import { describePlane } from "../../experiment/plane-description.ts";
import type { SurfaceRequest } from "../../experiment/surface.ts";
import type { Plane } from "./plane.ts";
import type { SurfaceSource } from "./surface-source.ts";

export interface KeptMap {
  readonly source: SurfaceSource;
  readonly map: PlaneConvexity;
}

/** Where there are no statistics to re-estimate, derivatives are those with frozen ones. */
const curvatureMode = ({ batchNorm }: SurfaceRequest) => (batchNorm === "batch" ? "batch" : "frozen");

/** Whether a map is of the plane's weights and function, between the same ends of α and β. */
export function isMapOf({ source, map }: KeptMap, { source: planeSource, request }: Plane): boolean {
  if (source.weights !== planeSource.weights) return false;
  const { alpha, beta, report } = map;
  const planeOfMap = [
    map.plane,
    report.request.subset,
    report.request.batchNorm,
    alpha[0],
    alpha.at(-1),
    beta[0],
    beta.at(-1),
  ];
  const ends = [request.alpha.min, request.alpha.max, request.beta.min, request.beta.max];
  return (
    JSON.stringify(planeOfMap) ===
    JSON.stringify([describePlane(request), request.subset, curvatureMode(request), ...ends])
  );
}
