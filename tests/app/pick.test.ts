import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Point } from "../../src/app/figure/relief.ts";
import { type HeightField, pickHeightField, type Ray } from "../../src/app/scene/pick.ts";

function field(columns: number, rows: number, height: (x: number, z: number) => number): HeightField {
  const relief = { halfWidth: 1, halfDepth: 0.8, top: 0.9 };
  const x = (column: number) => relief.halfWidth * ((2 * column) / (columns - 1) - 1);
  const z = (row: number) => relief.halfDepth * (1 - (2 * row) / (rows - 1));
  return { columns, rows, relief, height: (column, row) => height(x(column), z(row)) };
}

const hills = field(41, 31, (x, z) => 0.45 + 0.3 * Math.sin(3 * x) * Math.cos(4 * z));

function rayTo(from: Point, to: Point): Ray {
  const delta = [0, 1, 2].map((axis) => to[axis] - from[axis]);
  const length = Math.hypot(...delta);
  return { origin: from, direction: delta.map((value) => value / length) as unknown as Point };
}

/** The bilinear surface's height over a place within it. */
const surfaceOf =
  ({ relief, columns, rows, height }: HeightField) =>
  (x: number, z: number) => {
    const u = ((x + relief.halfWidth) / (2 * relief.halfWidth)) * (columns - 1);
    const v = ((relief.halfDepth - z) / (2 * relief.halfDepth)) * (rows - 1);
    const [i, j] = [Math.min(Math.floor(u), columns - 2), Math.min(Math.floor(v), rows - 2)];
    const [a, b] = [u - i, v - j];
    const low = height(i, j) * (1 - a) + height(i + 1, j) * a;
    const high = height(i, j + 1) * (1 - a) + height(i + 1, j + 1) * a;
    return low * (1 - b) + high * b;
  };

/** First crossing by brute force: very small steps along the ray. */
function march(ground: HeightField, { origin, direction }: Ray): number | null {
  const { relief } = ground;
  const heightAt = surfaceOf(ground);
  let before: number | null = null;
  for (let at = 0; at < 8; at += 2e-4) {
    const [x, y, z] = [0, 1, 2].map((axis) => origin[axis] + direction[axis] * at);
    if (Math.abs(x) > relief.halfWidth || Math.abs(z) > relief.halfDepth) {
      before = null;
      continue;
    }
    const above = y - heightAt(x, z);
    if (before !== null && before * above <= 0) return at;
    before = above;
  }
  return null;
}

function expectOnSurface(ground: HeightField, { origin, direction }: Ray, distance: number): void {
  const [x, y, z] = [0, 1, 2].map((axis) => origin[axis] + direction[axis] * distance);
  expect(Math.abs(x)).toBeLessThanOrEqual(ground.relief.halfWidth + 1e-9);
  expect(Math.abs(z)).toBeLessThanOrEqual(ground.relief.halfDepth + 1e-9);
  expect(Math.abs(y - surfaceOf(ground)(x, z))).toBeLessThan(1e-6);
}

describe("pickHeightField", () => {
  it("finds the point straight below", () => {
    const hit = pickHeightField(hills, { origin: [0.3, 3, -0.2], direction: [0, -1, 0] });
    expect(hit!.column).toBeCloseTo(1.3 * 20, 9);
    expect(hit!.row).toBeCloseTo(((0.8 + 0.2) / 1.6) * 30, 9);
  });

  it("finds the same crossing as marching along the ray", () => {
    const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
    let reached = 0;
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (a, b, c, d) => {
        const from: Point = [2.4 * Math.sin(3 * a), 0.5 + 1.5 * Math.abs(b), 2.4 * Math.cos(3 * a)];
        const ray = rayTo(from, [0.9 * c, 0.45, 0.7 * d]);
        const marched = march(hills, ray);
        const hit = pickHeightField(hills, ray);
        if (marched === null) {
          // Steps may pass over a graze, but whatever is hit is on the surface.
          if (hit) expectOnSurface(hills, ray, hit.distance);
          return;
        }
        reached++;
        expect(hit).not.toBeNull();
        expect(Math.abs(hit!.distance - marched)).toBeLessThan(2e-3);
      }),
      { numRuns: 150 },
    );
    expect(reached).toBeGreaterThan(50);
  });

  it("misses beside the relief and above it", () => {
    expect(pickHeightField(hills, { origin: [3, 2, 0], direction: [0, -1, 0] })).toBeNull();
    expect(pickHeightField(hills, { origin: [-3, 2, 0], direction: [1, 0, 0] })).toBeNull();
    expect(pickHeightField(hills, rayTo([3, 1, 0], [4, 1, 0]))).toBeNull();
  });

  it("hits a flat unmeasured sheet at height zero", () => {
    const sheet = field(5, 5, () => 0);
    const hit = pickHeightField(sheet, { origin: [0, 2, 0], direction: [0, -1, 0] });
    expect(hit).toMatchObject({ column: 2, row: 2 });
  });
});
