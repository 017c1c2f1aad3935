import { expect, test } from "vitest";
import { CurvatureError } from "../../src/curvature/curvature-error.ts";
import { gradientFraction, subspaceOverlap } from "../../src/curvature/subspace.ts";

const [x, y, z] = [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0), Float32Array.of(0, 0, 1)];
const half = Math.SQRT1_2;

test("overlap does not depend on the bases: rotated 1, shared line ½, orthogonal 0", () => {
  expect(subspaceOverlap([x, y], [Float32Array.of(half, half, 0), Float32Array.of(half, -half, 0)])).toBeCloseTo(1, 6);
  expect(subspaceOverlap([x, y], [y, z])).toBe(0.5);
  expect(subspaceOverlap([x], [z])).toBe(0);
});

test("the fraction of a gradient is the squared cosine to the space, whatever its length", () => {
  expect(gradientFraction([x, y], Float32Array.of(30, 40, 0))).toBeCloseTo(1, 12);
  expect(gradientFraction([x], Float32Array.of(3, 0, 4))).toBeCloseTo(0.36, 12);
});

test("refuses spaces of different dimension, vectors of different length, a zero gradient", () => {
  expect(() => subspaceOverlap([x], [x, y])).toThrow(CurvatureError);
  expect(() => subspaceOverlap([], [])).toThrow(CurvatureError);
  expect(() => subspaceOverlap([x], [Float32Array.of(1)])).toThrow(/3 and of 1/);
  expect(() => gradientFraction([x], new Float32Array(3))).toThrow(/zero/);
});
