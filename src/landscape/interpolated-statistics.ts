/**
 * BatchNorm's running statistics between models in a plane: linear between them, and outside their segment or triangle those
 * of its nearest point, so that no variance is negative.
 */
import type { StatisticsAt } from "./plane-evaluator.ts";

export interface PlacedStatistics {
  readonly alpha: number;
  readonly beta: number;
  /** A flat vector of the model's state layout. */
  readonly state: Float32Array;
}

type Point = Pick<PlacedStatistics, "alpha" | "beta">;

/** Between two or three models. Throws RangeError for others. */
export function interpolateStatistics(anchors: readonly PlacedStatistics[]): StatisticsAt {
  if (anchors.length < 2 || anchors.length > 3)
    throw new RangeError(`Statistics are interpolated between two or three models, not ${anchors.length}.`);
  return (alpha, beta) => {
    const shares = nearestShares(anchors, { alpha, beta });
    return mixStatistics(
      anchors.map(({ state }) => state),
      shares,
    );
  };
}

/** Σ shares·states; exactly one state where its share is 1 and the others are 0. */
export function mixStatistics(states: readonly Float32Array[], shares: readonly number[]): Float32Array {
  return Float32Array.from(states[0], (_, k) => states.reduce((sum, state, i) => sum + shares[i] * state[k], 0));
}

/** Convex weights of the anchors whose sum is the point, or the point of their hull nearest to it. */
function nearestShares(anchors: readonly Point[], point: Point): number[] {
  if (anchors.length === 2) return segmentShares(anchors[0], anchors[1], point);
  const [a, b, c] = anchors;
  const inside = barycentric(a, b, c, point);
  if (inside?.every((share) => share >= 0)) return inside;
  const edges = [
    [0, 1],
    [1, 2],
    [2, 0],
  ].map(([i, j]) => {
    const [first, second] = segmentShares(anchors[i], anchors[j], point);
    const shares = [0, 0, 0];
    shares[i] = first;
    shares[j] = second;
    const at = (name: "alpha" | "beta") => first * anchors[i][name] + second * anchors[j][name];
    return { shares, distance: Math.hypot(at("alpha") - point.alpha, at("beta") - point.beta) };
  });
  return edges.reduce((best, edge) => (edge.distance < best.distance ? edge : best)).shares;
}

function segmentShares(a: Point, b: Point, point: Point): [number, number] {
  const [x, y] = [b.alpha - a.alpha, b.beta - a.beta];
  const square = x * x + y * y;
  const along = square === 0 ? 0 : ((point.alpha - a.alpha) * x + (point.beta - a.beta) * y) / square;
  const t = Math.min(1, Math.max(0, along));
  return [1 - t, t];
}

/** Null where the three lie on a line. */
function barycentric(a: Point, b: Point, c: Point, p: Point): [number, number, number] | null {
  const cross = (o: Point, q: Point, r: Point) =>
    (q.alpha - o.alpha) * (r.beta - o.beta) - (q.beta - o.beta) * (r.alpha - o.alpha);
  const area = cross(a, b, c);
  return area === 0 ? null : [cross(p, b, c) / area, cross(p, c, a) / area, cross(p, a, b) / area];
}
