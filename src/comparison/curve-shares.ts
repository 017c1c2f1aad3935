/** A curve between two models as sums of its points (Garipov et al. 2018). */
import type { CurveKind } from "../experiment/comparison.ts";

/** What each of a, the control points and b counts for at `t`: φ(t) is their sum in these shares. */
export function curveShares(kind: CurveKind, controls: number, t: number): number[] {
  if (kind === "bezier") return [(1 - t) ** 2, 2 * t * (1 - t), t * t];
  const stretches = controls + 1;
  const stretch = Math.min(stretches - 1, Math.floor(t * stretches));
  const within = t * stretches - stretch;
  return Array.from({ length: controls + 2 }, (_, k) => (k === stretch ? 1 - within : k === stretch + 1 ? within : 0));
}
