/**
 * The rasteriser of the synthetic set: shapes filled with a colour that runs linearly across the picture, edges smoothed
 * by 4 × 4 samples a pixel, noise, rounding to bytes. Only + − × ÷, floor and comparisons on IEEE doubles.
 */
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { syntheticFacts } from "./facts.ts";

/** Whether the point (x, y) belongs to the shape. */
export type Shape = (x: number, y: number) => boolean;

/** Red, green and blue (0 … 255) at the picture's middle, and their change a pixel. */
export interface Paint {
  readonly middle: readonly number[];
  readonly perColumn: readonly number[];
  readonly perRow: readonly number[];
}

/** Where a shape lies: its origin and its unit of length in pixels, and a rotation. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly unit: number;
  readonly cos: number;
  readonly sin: number;
}

const { width: pictureSide, channels: pictureChannels } = syntheticFacts.image;

export { pictureChannels, pictureSide };

const plane = pictureSide * pictureSide;

/** [channels, rows, columns] */
export const createCanvas = (): Float64Array => new Float64Array(pictureChannels * plane);

/** Paints one pixel to the degree `coverage`, 0 … 1. */
function paintPixel(canvas: Float64Array, paint: Paint, column: number, row: number, coverage: number): void {
  for (let channel = 0; channel < pictureChannels; channel++) {
    const colour =
      paint.middle[channel] +
      paint.perColumn[channel] * (column - pictureSide / 2) +
      paint.perRow[channel] * (row - pictureSide / 2);
    const at = channel * plane + row * pictureSide + column;
    canvas[at] += coverage * (colour - canvas[at]);
  }
}

/** Paints the whole picture. */
export function fillGround(canvas: Float64Array, paint: Paint): void {
  for (let row = 0; row < pictureSide; row++)
    for (let column = 0; column < pictureSide; column++) paintPixel(canvas, paint, column, row, 1);
}

/** Paints one side of the line through `at`'s origin along its rotated x axis; `unit` is not used. */
export function fillHalf(canvas: Float64Array, paint: Paint, placement: Placement): void {
  for (let row = 0; row < pictureSide; row++)
    for (let column = 0; column < pictureSide; column++) {
      const distance = placement.cos * (row + 0.5 - placement.y) - placement.sin * (column + 0.5 - placement.x);
      const coverage = Math.min(1, Math.max(0, distance + 0.5));
      if (coverage > 0) paintPixel(canvas, paint, column, row, coverage);
    }
}

/** Samples along a pixel's side. */
const samples = 4;

/** Paints `shape`, all of which lies within `reach` units of its origin. */
export function fillShape(canvas: Float64Array, shape: Shape, paint: Paint, placement: Placement, reach: number): void {
  const reachPixels = reach * placement.unit;
  const clamp = (value: number) => Math.min(pictureSide, Math.max(0, value));
  const [left, right] = [clamp(Math.floor(placement.x - reachPixels)), clamp(Math.ceil(placement.x + reachPixels))];
  const [top, bottom] = [clamp(Math.floor(placement.y - reachPixels)), clamp(Math.ceil(placement.y + reachPixels))];
  const cos = placement.cos / placement.unit;
  const sin = placement.sin / placement.unit;
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      let inside = 0;
      for (let i = 0; i < samples; i++) {
        const dy = row + (i + 0.5) / samples - placement.y;
        for (let j = 0; j < samples; j++) {
          const dx = column + (j + 0.5) / samples - placement.x;
          if (shape(cos * dx + sin * dy, cos * dy - sin * dx)) inside++;
        }
      }
      if (inside > 0) paintPixel(canvas, paint, column, row, inside / (samples * samples));
    }
}

/** Rounds the canvas to bytes, each changed by −`reach` … `reach` of uniform noise. One draw a pixel serves its channels. */
export function writeNoisyBytes(canvas: Float64Array, bytes: Uint8Array, random: RandomGenerator, reach: number): void {
  for (let pixel = 0; pixel < plane; pixel++) {
    const draw = random.next();
    for (let channel = 0; channel < pictureChannels; channel++) {
      const noise = ((((draw >>> (8 * channel + 8)) & 255) * (2 * reach + 1)) >> 8) - reach;
      const at = channel * plane + pixel;
      bytes[at] = Math.min(255, Math.max(0, Math.floor(canvas[at] + 0.5) + noise));
    }
  }
}
