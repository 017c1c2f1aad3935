/**
 * Paths through weight space from one model to another: a line, a quadratic Bézier curve, a polygonal chain (Garipov et al.
 * 2018). A path is cut into pieces of which each lies in a plane around a centre of its own, so that both ends, and every
 * corner of a chain, are the models themselves to the last bit.
 */
import type { CurveKind } from "../experiment/comparison.ts";
import { difference } from "./parameter-distances.ts";

/** A plane: centre + αu + βv. */
export interface PathPiece {
  readonly centre: Float32Array;
  readonly u: Float32Array;
  /** Null where the piece is straight. */
  readonly v: Float32Array | null;
}

export interface PathPoint {
  readonly piece: number;
  readonly alpha: number;
  readonly beta: number;
}

export interface Path {
  readonly pieces: readonly PathPiece[];
  /** Where the point at `t` from 0 to 1 lies. */
  at(t: number): PathPoint;
}

/** φ(t) = (1 − t)a + tb. */
export const linePath = (a: Float32Array, b: Float32Array): Path => ({
  pieces: [
    { centre: a, u: difference(b, a), v: null },
    { centre: b, u: difference(a, b), v: null },
  ],
  at: (t) => (t <= 0.5 ? { piece: 0, alpha: t, beta: 0 } : { piece: 1, alpha: 1 - t, beta: 0 }),
});

/** φ(t) = (1 − t)²a + 2t(1 − t)c + t²b. */
const bezierPath = (a: Float32Array, control: Float32Array, b: Float32Array): Path => ({
  pieces: [
    { centre: a, u: difference(control, a), v: difference(b, a) },
    { centre: b, u: difference(control, b), v: difference(a, b) },
  ],
  at(t) {
    const alpha = 2 * t * (1 - t);
    return t <= 0.5 ? { piece: 0, alpha, beta: t * t } : { piece: 1, alpha, beta: (1 - t) ** 2 };
  },
});

/** Straight from point to point, each stretch an equal part of t. */
function chainPath(points: readonly Float32Array[]): Path {
  const stretches = points.slice(1).map((point, k) => linePath(points[k], point));
  return {
    pieces: stretches.flatMap(({ pieces }) => pieces),
    at(t) {
      const stretch = Math.min(stretches.length - 1, Math.floor(t * stretches.length));
      const { piece, ...place } = stretches[stretch].at(t * stretches.length - stretch);
      return { ...place, piece: 2 * stretch + piece };
    },
  };
}

/** The path from `a` to `b` by way of a curve's control points. */
export function curvePath(kind: CurveKind, a: Float32Array, controls: readonly Float32Array[], b: Float32Array): Path {
  return kind === "bezier" ? bezierPath(a, controls[0], b) : chainPath([a, ...controls, b]);
}
