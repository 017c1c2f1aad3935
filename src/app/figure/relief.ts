/**
 * The relief's place in the world: α to the right (x), β away from the viewer (−z), the value upwards (y). The longer
 * side runs from −1 to 1. Heights are the display grid's values clipped to the range.
 */
import type { DisplayGrid } from "./display-grid.ts";
import type { ValueRange } from "./value-scale.ts";

export interface Relief {
  readonly halfWidth: number;
  readonly halfDepth: number;
  readonly top: number;
}

const baseHeight = 0.8;

/** Sides in proportion to the axes' spans, but none under a third of the other. */
export function reliefExtent(alphaSpan: number, betaSpan: number, verticalScale: number): Relief {
  const ratio = betaSpan / alphaSpan;
  const top = baseHeight * verticalScale;
  return ratio > 1
    ? { halfWidth: Math.max(1 / ratio, 1 / 3), halfDepth: 1, top }
    : { halfWidth: 1, halfDepth: Math.max(ratio, 1 / 3), top };
}

/** Height of a scaled value, 0 to `top`. */
export function heightOf(scaled: number, range: ValueRange, relief: Relief): number {
  const t = (scaled - range.scaledLow) / (range.scaledHigh - range.scaledLow);
  return Math.min(Math.max(t, 0), 1) * relief.top;
}

export type Point = readonly [x: number, y: number, z: number];

/** World position of a display vertex. */
export function vertexPosition(
  display: DisplayGrid,
  range: ValueRange,
  relief: Relief,
  column: number,
  row: number,
): Point {
  return [
    relief.halfWidth * ((2 * column) / Math.max(1, display.columns - 1) - 1),
    heightOf(display.texels[(row * display.columns + column) * 4], range, relief),
    relief.halfDepth * (1 - (2 * row) / Math.max(1, display.rows - 1)),
  ];
}
