/** The path as lines and dots in a picture from above or of a line: what the page, its canvas and its files draw alike. */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import { clipSegment, type FigurePath, isInside, offShare, type PlacedPoint, placeOf } from "../figure/figure-path.ts";

/** Pixels, of a point in the plane. The page's own relief has the same proportions. */
const fullWidth = 2.6;
const thinnest = 0.3;

/** Places of a path's points, seen from above. */
export const placesOf = (grid: ProgressiveGrid, path: FigurePath): PlacedPoint[] =>
  Array.from(path.alpha, (alpha, index) => placeOf(grid, alpha, path.beta[index]));

export interface PathSegment {
  readonly index: number;
  readonly from: PlacedPoint;
  readonly to: PlacedPoint;
  readonly width: number;
  /** It goes on beyond the frame. */
  readonly leaves: boolean;
}

const pathWidth = (path: FigurePath, index: number): number =>
  fullWidth * (1 - (1 - thinnest) * Math.min(1, offShare(path, index)));

/** The ways between placed points, as far as they lie inside the frame. */
export function pathSegments(path: FigurePath, places: readonly PlacedPoint[]): PathSegment[] {
  return places.slice(0, -1).flatMap((from, index) => {
    const to = places[index + 1];
    const inside = clipSegment(from, to);
    if (!inside) return [];
    const at = (t: number) => ({ u: from.u + t * (to.u - from.u), v: from.v + t * (to.v - from.v) });
    const width = (pathWidth(path, index) + pathWidth(path, index + 1)) / 2;
    return [{ index, from: at(inside[0]), to: at(inside[1]), width, leaves: inside[0] > 0 || inside[1] < 1 }];
  });
}

export interface PathDot extends PlacedPoint {
  readonly index: number;
  readonly radius: number;
  readonly kind: "start" | "point" | "end";
}

/** The points inside the frame. */
export function pathDots(path: FigurePath, places: readonly PlacedPoint[]): PathDot[] {
  const last = places.length - 1;
  return places.flatMap((place, index) => {
    if (!isInside(place)) return [];
    const kind = index === 0 ? "start" : index === last ? "end" : "point";
    return [{ ...place, index, radius: kind === "point" ? 0.75 * pathWidth(path, index) : 3.4, kind }];
  });
}

/** Where the replay stands between two placed points. */
export function placeAt(places: readonly PlacedPoint[], position: number): PlacedPoint {
  const low = Math.min(Math.max(Math.floor(position), 0), places.length - 1);
  const high = Math.min(low + 1, places.length - 1);
  const part = position - low;
  return {
    u: places[low].u + part * (places[high].u - places[low].u),
    v: places[low].v + part * (places[high].v - places[low].v),
  };
}
