/** A curve's way over the plane through its ends and its first control point. */
import { curveShares } from "../../comparison/curve-shares.ts";
import type { CurveRequest, PlanePlace } from "../../experiment/comparison.ts";
import type { PlacedModels } from "../stores/compare/plane.ts";

const pieces = 96;

/** A chain with several control points is drawn through their projections: they may lie off the plane. */
export function curveInPlane({ kind, controls }: CurveRequest, { marks, projected }: PlacedModels): PlanePlace[] {
  const [from, control, to] = marks;
  const points = [from, control, ...projected, to];
  return Array.from({ length: pieces + 1 }, (_, index) => {
    const shares = curveShares(kind, controls, index / pieces);
    const along = (axis: "alpha" | "beta") => shares.reduce((sum, share, k) => sum + share * points[k][axis], 0);
    return { alpha: along("alpha"), beta: along("beta") };
  });
}
