/** The point of the path that the pointer is on, by its distance on the screen. */
import { type Camera, Vector3 } from "three";
import type { Figure } from "../figure/figure.ts";
import { type FigurePath, isInside, pathValue, placeOf } from "../figure/figure-path.ts";
import { heightOf, type Point, type Relief } from "../figure/relief.ts";
import { toScale } from "../figure/value-scale.ts";

const reachPixels = 11;

/** World position of a point of the path; null beyond the frame and where it is not measured. */
export function pathPosition(figure: Figure, path: FigurePath, relief: Relief, index: number): Point | null {
  const { grid, metric, range } = figure;
  const place = placeOf(grid, path.alpha[index], path.beta[index]);
  if (!path.measured[index] || !isInside(place)) return null;
  const value = pathValue(path, metric, index);
  const scaled = Number.isFinite(value) ? toScale(value, range.kind) : range.scaledHigh;
  return [relief.halfWidth * (2 * place.u - 1), heightOf(scaled, range, relief), relief.halfDepth * (1 - 2 * place.v)];
}

const projected = new Vector3();

/** `x` and `y` from −1 to 1 across a picture of `width` × `height` pixels; null beside every point. */
export function pickPathPoint(
  camera: Camera,
  figure: Figure,
  relief: Relief,
  [x, y]: readonly [x: number, y: number],
  { width, height }: { readonly width: number; readonly height: number },
): number | null {
  const { path } = figure;
  if (!path) return null;
  let best = { index: -1, distance: reachPixels };
  for (const index of path.step.keys()) {
    const position = pathPosition(figure, path, relief, index);
    if (!position) continue;
    projected.set(...position).project(camera);
    if (projected.z > 1) continue;
    const distance = Math.hypot(((projected.x - x) * width) / 2, ((projected.y - y) * height) / 2);
    if (distance < best.distance) best = { index, distance };
  }
  return best.index < 0 ? null : best.index;
}
