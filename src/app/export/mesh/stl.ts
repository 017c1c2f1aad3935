/**
 * A solid to print, as binary STL: the surface on a base with walls, closed on all sides. Millimetres, z upwards. Layout:
 * 80 bytes of text, the count of triangles, 50 bytes for each (normal, three corners as float32, two bytes of nothing).
 */
import type { Figure } from "../../figure/figure.ts";
import type { Relief } from "../../figure/relief.ts";
import { platePosition, surfaceMesh } from "./surface-mesh.ts";

const widthMm = 100;
/** Under the lowest point. */
const baseMm = 4;
const headerBytes = 84;
const triangleBytes = 50;

type Point = readonly [x: number, y: number, z: number];

export function surfaceToStl(
  figure: Pick<Figure, "grid" | "metric" | "range">,
  relief: Relief,
): Uint8Array<ArrayBuffer> {
  const { cells, triangles } = surfaceMesh(figure);
  const scale = widthMm / 2;
  const tops = cells.map((cell): Point => {
    const [x, y, z] = platePosition(figure, relief, cell);
    return [x * scale, y * scale, z * scale + baseMm];
  });
  const solid = closedSolid(tops, triangles);
  const bytes = new Uint8Array(headerBytes + solid.length * triangleBytes);
  bytes.set(new TextEncoder().encode("Loss surface of Basin, millimetres"));
  const view = new DataView(bytes.buffer);
  view.setUint32(headerBytes - 4, solid.length, true);
  solid.forEach((corners, index) => {
    const numbers = [normalOf(corners), ...corners].flat();
    const offset = headerBytes + index * triangleBytes;
    for (const [k, number] of numbers.entries()) view.setFloat32(offset + 4 * k, number, true);
  });
  return bytes;
}

/** The triangles, the same at height 0 turned over, and walls along the edges that belong to one triangle only. */
function closedSolid(tops: readonly Point[], triangles: readonly number[]): (readonly [Point, Point, Point])[] {
  const bottoms = tops.map(([x, y]): Point => [x, y, 0]);
  const solid: (readonly [Point, Point, Point])[] = [];
  const edges = new Map<string, readonly [number, number]>();
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = triangles.slice(at, at + 3);
    solid.push([tops[a], tops[b], tops[c]], [bottoms[c], bottoms[b], bottoms[a]]);
    for (const [from, to] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const)
      if (!edges.delete(`${to} ${from}`)) edges.set(`${from} ${to}`, [from, to]);
  }
  for (const [from, to] of edges.values())
    solid.push([bottoms[from], bottoms[to], tops[to]], [bottoms[from], tops[to], tops[from]]);
  return solid;
}

function normalOf([a, b, c]: readonly [Point, Point, Point]): Point {
  const [u, v] = [b, c].map((point) => point.map((value, axis) => value - a[axis]));
  const cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
  const length = Math.hypot(...cross) || 1;
  return [cross[0] / length, cross[1] / length, cross[2] / length];
}
