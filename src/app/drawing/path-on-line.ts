/** The path along a line: every point over its α, at the height of its own value. */
import type { Figure } from "../figure/figure.ts";
import { type FigurePath, type PlacedPoint, pathValue, placeOf } from "../figure/figure-path.ts";
import { toScale } from "../figure/value-scale.ts";

/** Fractions of the plot's sides; a value that is not measured or not finite has no place. */
export function placesOnLine({ grid, metric, range }: Figure, path: FigurePath): PlacedPoint[] {
  return Array.from(path.alpha, (alpha, index) => {
    const scaled = toScale(pathValue(path, metric, index), range.kind);
    return {
      u: placeOf(grid, alpha, 0).u,
      v: (scaled - range.scaledLow) / (range.scaledHigh - range.scaledLow),
    };
  });
}

const reachPixels = 9;

/** The point that the pointer is on, `x` to the right and `y` down in the plot; null for none. */
export function nearestOnLine(
  places: readonly PlacedPoint[],
  x: number,
  y: number,
  { width, height }: { readonly width: number; readonly height: number },
): number | null {
  let best = { index: -1, distance: reachPixels };
  for (const [index, { u, v }] of places.entries()) {
    const distance = Math.hypot(u * width - x, (1 - v) * height - y);
    if (distance < best.distance) best = { index, distance };
  }
  return best.index < 0 ? null : best.index;
}
