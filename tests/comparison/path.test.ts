import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findBarrier } from "../../src/comparison/barrier.ts";
import { curveShares } from "../../src/comparison/curve-shares.ts";
import { curvePath, linePath, type Path } from "../../src/comparison/path.ts";
import type { CurveKind } from "../../src/experiment/comparison.ts";
import { interpolateStatistics } from "../../src/landscape/interpolated-statistics.ts";

const vector = (seed: number) => Float32Array.from({ length: 6 }, (_, k) => Math.sin(seed * 7 + k * k));
const [a, b] = [vector(1), vector(2)];

/** In float64. */
function pointOf(path: Path, t: number): number[] {
  const { piece, alpha, beta } = path.at(t);
  const { centre, u, v } = path.pieces[piece];
  return Array.from(centre, (value, k) => value + alpha * u[k] + (v ? beta * v[k] : 0));
}

const cases: [string, CurveKind, Float32Array[]][] = [
  ["a Bézier curve", "bezier", [vector(3)]],
  ["a chain of two stretches", "chain", [vector(3)]],
  ["a chain of four", "chain", [vector(3), vector(4), vector(5)]],
];

describe.each(cases)("%s", (_, kind, controls) => {
  const path = curvePath(kind, a, controls, b);

  it("ends in the models to the last bit", () => {
    expect(pointOf(path, 0)).toEqual([...a]);
    expect(pointOf(path, 1)).toEqual([...b]);
  });

  it("is the sum of its points in their shares", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (t) => {
        const shares = curveShares(kind, controls.length, t);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        const points = [a, ...controls, b];
        pointOf(path, t).forEach((value, k) => {
          expect(value).toBeCloseTo(
            points.reduce((sum, point, i) => sum + shares[i] * point[k], 0),
            6,
          );
        });
      }),
    );
  });
});

describe("a path", () => {
  it("has the corners of a chain and the middle of a Bézier curve where they belong", () => {
    const [c, d] = [vector(3), vector(4)];
    expect(pointOf(curvePath("chain", a, [c, d], b), 1 / 3)).toEqual([...c]);
    const middle = pointOf(curvePath("bezier", a, [c], b), 0.5);
    for (const [k, value] of middle.entries()) expect(value).toBeCloseTo((a[k] + 2 * c[k] + b[k]) / 4, 6);
    expect(pointOf(linePath(a, b), 0.25)[2]).toBeCloseTo(0.75 * a[2] + 0.25 * b[2], 6);
  });
});

describe("a barrier", () => {
  const t = Float64Array.of(0, 0.25, 0.5, 0.75, 1);
  it("is the largest rise over the line between the ends", () => {
    const { height, t: at } = findBarrier(t, Float64Array.of(1, 2, 2.2, 2, 2));
    expect([height, at]).toEqual([0.75, 0.25]);
    expect(findBarrier(t, Float64Array.of(1, 1, 1.2, 1.5, 2))).toEqual({ height: 0, t: 0 });
    expect(findBarrier(t, Float64Array.of(1, 1, Number.NaN, 1, 1))).toEqual({ height: Number.NaN, t: 0.5 });
  });
});

describe("statistics between models", () => {
  const corners = [
    { alpha: 0, beta: 0, state: Float32Array.of(1, 0) },
    { alpha: 1, beta: 2, state: Float32Array.of(3, 1) },
    { alpha: 4, beta: 0, state: Float32Array.of(5, 8) },
  ];
  it("are linear in the triangle and those of its nearest point outside", () => {
    const at = interpolateStatistics(corners);
    for (const { alpha, beta, state } of corners) expect([...at(alpha, beta)]).toEqual([...state]);
    const centre = [5 / 3, 2 / 3] as const;
    expect([...at(...centre)]).toEqual([3, 3]);
    expect([...at(2, -7)]).toEqual([3, 4]);
    expect([...at(-1, -1)]).toEqual([1, 0]);
    expect([...at(9, -1)]).toEqual([5, 8]);
    const between = interpolateStatistics(corners.slice(0, 2));
    expect([...between(0.5, 1)]).toEqual([2, 0.5]);
    expect([...between(9, 9)]).toEqual([3, 1]);
    expect(() => interpolateStatistics(corners.slice(0, 1))).toThrow(/two or three/);
  });
});
