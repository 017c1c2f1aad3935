/** How far a surface goes along an eigenvector: where the quadratic model has risen by one nat. */
import { type Interval, maxCoordinate } from "./surface-texts.ts";

const rise = 1;
/** Digits of the ends, which stand in a field and a link. */
const digits = 2;

/** ±√(2ΔL/|λ|) for a unit vector of eigenvalue λ, ΔL = 1 nat; no further than `farthest`. */
export function eigenRange(eigenvalue: number, farthest = maxCoordinate): Interval {
  const reach = Math.min(Math.sqrt((2 * rise) / Math.abs(eigenvalue)), farthest);
  const end = Number(reach.toPrecision(digits));
  return { min: -end, max: end };
}
