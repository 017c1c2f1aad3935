import { expect, test } from "vitest";
import { symmetricEigen } from "../../../src/curvature/solvers/symmetric-eigen.ts";
import { randomSymmetric } from "../dense.ts";

const residual = (matrix: readonly ArrayLike<number>[]) => {
  const { values, vectors } = symmetricEigen(matrix);
  let worst = 0;
  vectors.forEach((vector, i) => {
    matrix.forEach((row, r) => {
      const product = Array.from(row).reduce((sum, entry, c) => sum + entry * vector[c], 0);
      worst = Math.max(worst, Math.abs(product - values[i] * vector[r]));
    });
    vectors.forEach((other, j) => {
      const overlap = vector.reduce((sum, entry, c) => sum + entry * other[c], 0);
      worst = Math.max(worst, Math.abs(overlap - (i === j ? 1 : 0)));
    });
  });
  return worst;
};

test("finds the known spectrum of the second difference: 2 − 2cos(iπ/(n+1))", () => {
  const n = 40;
  const matrix = Array.from({ length: n }, (_, r) =>
    Float64Array.from({ length: n }, (_, c) => (r === c ? 2 : Math.abs(r - c) === 1 ? -1 : 0)),
  );
  const { values } = symmetricEigen(matrix);
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(2 - 2 * Math.cos(((i + 1) * Math.PI) / (n + 1)), 12);
  });
  expect(residual(matrix)).toBeLessThan(1e-13);
});

test("decomposes dense, repeated, diagonal, zero and tiny matrices", () => {
  expect(residual(randomSymmetric(50, 3))).toBeLessThan(1e-12);
  expect(
    Array.from(
      symmetricEigen([
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ]).values,
      (x) => Math.abs(Math.round(x)),
    ),
  ).toEqual([0, 0, 3]);
  expect(
    Array.from(
      symmetricEigen([
        [2, 0, 0],
        [0, -5, 0],
        [0, 0, 1],
      ]).values,
    ),
  ).toEqual([-5, 1, 2]);
  expect(
    Array.from(
      symmetricEigen([
        [0, 0],
        [0, 0],
      ]).values,
    ),
  ).toEqual([0, 0]);
  expect(Array.from(symmetricEigen([[7]]).values)).toEqual([7]);
  expect(symmetricEigen([]).values).toHaveLength(0);
  expect(residual(randomSymmetric(12, 4).map((row) => row.map((x) => x * 1e-150)))).toBeLessThan(1e-13);
});

test("keeps blocks apart that are not coupled, though they share eigenvalues", () => {
  const block = [
    [2, 1],
    [1, 2],
  ];
  const matrix = [
    [...block[0], 0, 0],
    [...block[1], 0, 0],
    [0, 0, ...block[0]],
    [0, 0, ...block[1]],
  ];
  for (const vector of symmetricEigen(matrix).vectors) {
    const first = Math.hypot(vector[0], vector[1]);
    expect(Math.min(first, 1 - first)).toBeLessThan(1e-14);
  }
});

test("refuses entries that are not finite", () => {
  expect(() => symmetricEigen([[Number.NaN]])).toThrow(RangeError);
});
