/** Sharpness of quadratic losses against their closed forms: means, top eigenvalues, trust-region maxima. */
import { describe, expect, test } from "vitest";
import { averageSharpness } from "../../../src/curvature/estimators/average-sharpness.ts";
import { type WorstOptions, worstSharpness } from "../../../src/curvature/estimators/worst-sharpness.ts";
import { openRandomStream } from "../../../src/data/random.ts";
import { normalSource } from "../../../src/models/normal.ts";
import { dotOf, jacobiEigenvalues, normOf, randomSymmetric, timesVector, withSpectrum } from "../dense.ts";

const n = 12;
const theta = Float32Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1) * (0.2 + i / 8));
const noSlope = new Float64Array(n);
const slope = Float64Array.from({ length: n }, (_, i) => Math.cos(3 * i));

/** L(w + δ) = 1 + bᵀδ + ½δᵀHδ */
function quadratic(rows: readonly Float64Array[], b: Float64Array) {
  const at = (moved: Float32Array) => {
    const delta = Float64Array.from(moved, (value, i) => value - theta[i]);
    const image = timesVector(rows, delta);
    return {
      loss: 1 + dotOf(b, delta) + dotOf(delta, image) / 2,
      gradient: Float32Array.from(image, (value, i) => value + b[i]),
    };
  };
  return { evaluate: async (moved: Float32Array) => at(moved), start: at(theta) };
}

/** S·A·S */
const scaled = (rows: readonly Float64Array[], s: ArrayLike<number>) =>
  rows.map((row, r) => row.map((value, c) => value * s[r] * s[c]));

const draws = (seed: number) => {
  const draw = normalSource(openRandomStream("direction", seed, 5));
  return () => Float32Array.from({ length: n }, draw);
};

const worst = (rows: readonly Float64Array[], b: Float64Array, changes: Partial<WorstOptions> = {}) =>
  worstSharpness({
    theta,
    scale: theta.map(Math.abs),
    radius: 0.3,
    steps: 60,
    anyDirection: draws(2),
    ...quadratic(rows, b),
    ...changes,
  });

/** max bᵀε + ½εᵀAε over ‖ε‖ ≤ ρ: on the sphere, (λ − A)ε = b with λ above every eigenvalue; λ by bisection. */
function trustRegionMaximum(a: readonly Float64Array[], b: Float64Array, radius: number): number {
  const solveAt = (lambda: number) =>
    solve(
      a.map((row, r) => row.map((value, c) => (r === c ? lambda : 0) - value)),
      b,
    );
  let low = Math.max(0, jacobiEigenvalues(a)[0]);
  let high = low + normOf(b) / radius + 1;
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (normOf(solveAt(middle)) > radius) low = middle;
    else high = middle;
  }
  const epsilon = solveAt(high);
  return dotOf(b, epsilon) + dotOf(epsilon, timesVector(a, epsilon)) / 2;
}

/** Gaussian elimination with pivots. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const rows = matrix.map((row, r) => [...row, right[r]]);
  for (let c = 0; c < n; c++) {
    const pivot = rows
      .slice(c)
      .reduce((best, row, k) => (Math.abs(row[c]) > Math.abs(rows[best][c]) ? c + k : best), c);
    [rows[c], rows[pivot]] = [rows[pivot], rows[c]];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r][c] / rows[c][c];
      for (let k = c; k <= n; k++) rows[r][k] -= factor * rows[c][k];
    }
  }
  return Float64Array.from(rows, (row, r) => row[n] / row[r]);
}

describe("average sharpness", () => {
  const radius = 0.2;
  const average = (rows: readonly Float64Array[], b: Float64Array, count: number, signal?: AbortSignal) => {
    const draw = draws(7);
    const { evaluate, start } = quadratic(rows, b);
    return averageSharpness({
      loss: start.loss,
      draws: count,
      perturbed() {
        const epsilon = draw();
        return theta.map((value, i) => value + radius * Math.abs(value) * epsilon[i]);
      },
      async enqueue(moved) {
        signal?.throwIfAborted();
        return { loss: evaluate(moved).then(({ loss }) => loss) };
      },
      signal,
    });
  };

  test.each([
    ["at a minimum", withSpectrum([4, 2, 1, ...new Array(n - 3).fill(0.1)], 3), noSlope],
    ["on a slope of a saddle", randomSymmetric(n, 4), slope],
  ])("is ½ρ²Σ Hᵢᵢwᵢ² within its standard error %s", async (_, rows, b) => {
    const { estimate, status } = await average(rows, b, 4000);
    const exact = (radius ** 2 / 2) * rows.reduce((sum, row, i) => sum + row[i] * theta[i] ** 2, 0);
    const image = scaled(rows, theta);
    const variance =
      radius ** 4 *
      (dotOf(
        image.flatMap((row) => [...row]),
        image.flatMap((row) => [...row]),
      ) /
        2);
    const linear = radius ** 2 * b.reduce((sum, value, i) => sum + (value * theta[i]) ** 2, 0);
    expect([status, estimate.probes]).toEqual(["complete", 4000]);
    expect(estimate.standardError / Math.sqrt((variance + linear) / 4000)).toBeCloseTo(1, 1);
    expect(Math.abs(estimate.mean - exact)).toBeLessThan(3.5 * estimate.standardError);
  });

  test("keeps the draws before a loss that is not finite, and those before a cancel", async () => {
    const rows = withSpectrum(new Array(n).fill(1), 1);
    let count = 0;
    const options = {
      loss: 1,
      draws: 9,
      perturbed: () => theta,
      enqueue: async () => ({ loss: Promise.resolve(++count === 4 ? Number.POSITIVE_INFINITY : 1 + count) }),
    };
    const { estimate, status } = await averageSharpness(options);
    expect([status, estimate.probes, estimate.mean]).toEqual(["non-finite", 3, 2]);
    const cancelled = await average(rows, slope, 5, AbortSignal.abort());
    expect([cancelled.status, cancelled.estimate.probes]).toEqual(["cancelled", 0]);
  });
});

describe("worst-case sharpness", () => {
  test.each([["adaptive", theta.map(Math.abs)] as const, ["plain", new Float32Array(n).fill(1)] as const])(
    "is ½ρ²λ of the scaled matrix at a minimum, %s",
    async (_, scale) => {
      const rows = withSpectrum([5, 3, 1, ...new Array(n - 3).fill(0.2)], 3);
      const { rise, status } = await worst(rows, noSlope, { scale });
      const exact = (0.3 ** 2 / 2) * jacobiEigenvalues(scaled(rows, scale))[0];
      expect(status).toBe("complete");
      expect(rise / exact).toBeCloseTo(1, 4);
      expect(rise).toBeLessThanOrEqual(exact * (1 + 1e-6));
    },
  );

  test.each([1, 2, 3])("is the maximum over the trust region of a saddle, %i", async (seed) => {
    const rows = randomSymmetric(n, seed);
    const scale = theta.map(Math.abs);
    const { rise } = await worst(rows, slope);
    const b = slope.map((value, i) => value * scale[i]);
    expect(rise / trustRegionMaximum(scaled(rows, scale), b, 0.3)).toBeCloseTo(1, 4);
  });

  test("its first step is the closed form of the papers", async () => {
    const rows = withSpectrum(new Array(n).fill(0.5), 1);
    const { rise, done } = await worst(rows, slope, { steps: 1 });
    const steep = slope.map((value, i) => value * Math.abs(theta[i]));
    const epsilon = steep.map((value) => (0.3 * value) / normOf(steep));
    const delta = epsilon.map((value, i) => value * Math.abs(theta[i]));
    expect(done).toBe(1);
    expect(rise).toBeCloseTo(dotOf(slope, delta) + dotOf(delta, timesVector(rows, delta)) / 2, 6);
  });

  test("never loses what it found: it turns back where the slope leads astray, and stops at a loss not finite", async () => {
    // Along the slope the loss rises only for a tenth of the radius.
    const evaluate = async (moved: Float32Array) => {
      const along = (moved[0] - theta[0]) / 0.3;
      return {
        loss: 1 + along - 5 * along ** 2,
        gradient: Float32Array.from(theta, (_, i) => (i ? 0 : 1 - 10 * along)),
      };
    };
    const rises: number[] = [];
    const changes = {
      scale: new Float32Array(n).fill(1),
      evaluate,
      start: await evaluate(theta),
      onStep: (rise: number) => void rises.push(rise),
    };
    const { rise } = await worst([], noSlope, changes);
    expect(rise).toBeCloseTo(0.05, 4);
    expect(rises[0]).toBe(0);
    expect(rises).toEqual([...rises].sort((a, b) => a - b));
    let calls = 0;
    const overflowing = async (moved: Float32Array) =>
      ++calls === 3 ? { loss: Number.NaN, gradient: theta } : quadratic(randomSymmetric(n, 1), slope).evaluate(moved);
    const stopped = await worst(randomSymmetric(n, 1), slope, { evaluate: overflowing });
    expect([stopped.status, stopped.done]).toEqual(["non-finite", 3]);
    expect(stopped.rise).toBeGreaterThan(0);
  });

  test("cancelled, it keeps the best so far", async () => {
    const controller = new AbortController();
    const { rise, done, status } = await worst(randomSymmetric(n, 1), slope, {
      signal: controller.signal,
      onStep: (_, step) => {
        if (step === 4) controller.abort();
      },
    });
    expect([status, done]).toEqual(["cancelled", 4]);
    expect(rise).toBe((await worst(randomSymmetric(n, 1), slope, { steps: 4 })).rise);
  });
});
