import { describe, expect, it } from "vitest";
import { centredGram } from "../../src/comparison/centred-gram.ts";
import { principalDirections, projectPath } from "../../src/comparison/trajectory.ts";
import { symmetricEigen } from "../../src/curvature/solvers/symmetric-eigen.ts";
import { openRandomStream } from "../../src/data/random.ts";
import { normalSource } from "../../src/models/normal.ts";

const draw = normalSource(openRandomStream("direction", 5, 79));
const vector = (length: number) => Float32Array.from({ length }, draw);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, k) => sum + value * b[k], 0);

describe("a trajectory's principal directions", () => {
  it("agree with the dense covariance, which the Gram matrix never forms", async () => {
    const points = Array.from({ length: 7 }, (_, i) => vector(12).map((value, k) => value * (1 + k) + i));
    const { directions, explained } = await principalDirections(points, 2);
    // Right singular vectors of the centred rows: eigenvectors of the [12, 12] covariance.
    const mean = points[0].map((_, k) => points.reduce((sum, point) => sum + point[k], 0) / points.length);
    const centred = points.map((point) => Array.from(point, (value, k) => value - mean[k]));
    const covariance = Array.from({ length: 12 }, (_, i) =>
      Array.from({ length: 12 }, (__, j) => centred.reduce((sum, row) => sum + row[i] * row[j], 0)),
    );
    const dense = symmetricEigen(covariance);
    const total = dense.values.reduce((sum, value) => sum + value, 0);
    [0, 1].forEach((k) => {
      expect(Math.abs(dot(directions[k], dense.vectors[11 - k]))).toBeCloseTo(1, 5);
      expect(explained[k]).toBeCloseTo(dense.values[11 - k] / total, 5);
    });
    expect(explained.length).toBe(6);
    expect(explained.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(dot(directions[0], directions[1])).toBeCloseTo(0, 5);
  });

  it("hold a path of a plane wholly, with the last point at the origin", async () => {
    const [p, q, centre] = [vector(40), vector(40), vector(40)];
    const points = [3, 2, 1, 0].map((x) => centre.map((value, k) => value + x * p[k] + x * x * q[k]));
    const { directions, explained } = await principalDirections(points, 2);
    expect(explained[0] + explained[1]).toBeCloseTo(1, 10);
    const path = await projectPath(points, points[3], { u: directions[0], v: directions[1] });
    expect(Math.max(...path.offPlane)).toBeLessThan(1e-4);
    expect([path.alpha[3], path.beta[3], path.offPlane[3]]).toEqual([0, 0, 0]);
    const length = Math.sqrt(dot(minus(points[0], points[3]), minus(points[0], points[3])));
    expect(Math.hypot(path.alpha[0], path.beta[0])).toBeCloseTo(length, 3);
  });

  it("refuse a trajectory that spans too little", async () => {
    const [start, step] = [vector(9), vector(9)];
    const line = [0, 1, 2].map((t) => start.map((value, k) => value + t * step[k]));
    await expect(principalDirections(line, 2)).rejects.toThrow(/3 checkpoints span 1 directions/);
    await expect(principalDirections([start, start], 2)).rejects.toThrow(/span 0 directions/);
  });
});

describe("a path's projection onto a plane", () => {
  it("gives coordinates along directions of any angle, and the distance left over", async () => {
    const u = Float32Array.of(2, 0, 0, 0);
    const v = Float32Array.of(1, 1, 0, 0);
    const centre = Float32Array.of(1, 1, 1, 1);
    const point = Float32Array.of(1 + 2 * 3 + 5, 1 + 5, 1 + 3, 1 - 4);
    const { alpha, beta, offPlane } = await projectPath([point], centre, { u, v });
    expect([alpha[0], beta[0], offPlane[0]]).toEqual([3, 5, 5]);
    expect((await projectPath([point], centre, { u, v: null })).alpha[0]).toBe(5.5);
    await expect(projectPath([point], centre, { u, v: u })).rejects.toThrow(/parallel/);
  });
});

describe("the pass over the points", () => {
  it("forms every product of centred vectors, whatever the number of vectors and of blocks", async () => {
    for (const [count, length] of [
      [1, 5],
      [2, 1024],
      [5, 3000],
      [6, 1025],
    ]) {
      const vectors = Array.from({ length: count }, () => vector(length));
      const mean = Array.from({ length }, (_, k) => vectors.reduce((sum, one) => sum + one[k], 0) / count);
      const centred = vectors.map((one) => Array.from(one, (value, k) => value - mean[k]));
      const gram = await centredGram(vectors);
      for (let i = 0; i < count; i++)
        for (let j = 0; j < count; j++) expect(gram[i][j]).toBeCloseTo(dot(centred[i], centred[j]), 9);
    }
  });

  it("keeps small moves far from the origin exact", async () => {
    const far = vector(500).map((value) => 1000 + value);
    const moved = (by: number) => far.map((value, k) => value + (k === 7 ? by : 0));
    const points = [moved(0.25), moved(0.125), far];
    const gram = await centredGram(points);
    const mean = (points[0][7] + points[1][7] + points[2][7]) / 3;
    expect(gram[0][1]).toBeCloseTo((points[0][7] - mean) * (points[1][7] - mean), 12);
  });

  it("says how far it is, and stops", async () => {
    const points = Array.from({ length: 12 }, () => new Float32Array(3e6).fill(1));
    const fractions: number[] = [];
    const controller = new AbortController();
    const stopped = centredGram(points, {
      signal: controller.signal,
      onProgress(fraction) {
        fractions.push(fraction);
        controller.abort(new DOMException("enough", "AbortError"));
      },
    });
    await expect(stopped).rejects.toThrow("enough");
    expect(fractions.length).toBe(1);
    expect(fractions[0]).toBeGreaterThan(0);
    expect(fractions[0]).toBeLessThan(1);
  });
});

const minus = (a: Float32Array, b: Float32Array) => Array.from(a, (value, k) => value - b[k]);
