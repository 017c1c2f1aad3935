/** The path as instances for the shader: one a point, with the way to the next, the bead on it and the line to the surface. */
import type { Figure } from "../figure/figure.ts";
import {
  clipSegment,
  type FigurePath,
  isInside,
  offShare,
  pathValue,
  placeOf,
  surfaceAt,
} from "../figure/figure-path.ts";
import { toScale } from "../figure/value-scale.ts";

/** Four floats an instance in each. */
export interface PathInstances {
  /** u, v, scaled value, distance off the plane as a fraction of ‖θₙ − θ₀‖: of the point. */
  readonly from: Float32Array<ArrayBuffer>;
  /** The same of the next point; of the last point its own. */
  readonly to: Float32Array<ArrayBuffer>;
  /** What of the way lies inside the frame, from 0 to 1 (none where the first exceeds the second); scaled surface there; flags. */
  readonly reach: Float32Array<ArrayBuffer>;
}

/** Sums of these stand in the last float of `reach`. */
export const pathFlags = { bead: 1, dropLine: 2 } as const;

export function pathInstances({ grid, display, range, metric }: Figure, path: FigurePath): PathInstances {
  const count = path.step.length;
  const [from, to, reach] = [0, 1, 2].map(() => new Float32Array(4 * count));
  const places = Array.from(path.alpha, (alpha, index) => placeOf(grid, alpha, path.beta[index]));
  // What is not finite stands at the upper edge, as on the surface.
  const scaled = places.map((_, index) => {
    const value = pathValue(path, metric, index);
    return path.measured[index] && !Number.isFinite(value) ? range.scaledHigh : toScale(value, range.kind);
  });
  for (let index = 0; index < count; index++) {
    const next = Math.min(index + 1, count - 1);
    for (const [target, point] of [
      [from, index],
      [to, next],
    ] as const) {
      const { u, v } = places[point];
      target.set([u, v, path.measured[point] ? scaled[point] : range.scaledLow, offShare(path, point)], 4 * index);
    }
    const isKnown = path.measured[index] && path.measured[next];
    const inside = index < next && isKnown ? clipSegment(places[index], places[next]) : null;
    const surface = surfaceAt(display, places[index]);
    const hasBead = path.measured[index] === 1 && isInside(places[index]);
    const hasDrop = hasBead && Number.isFinite(surface);
    reach.set(
      [
        ...(inside ?? [1, 0]),
        hasDrop ? toScale(surface, range.kind) : range.scaledLow,
        (hasBead ? pathFlags.bead : 0) + (hasDrop ? pathFlags.dropLine : 0),
      ],
      4 * index,
    );
  }
  return { from, to, reach };
}
