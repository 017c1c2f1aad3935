/** The algebra of a basis against float64 loops. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Backend } from "../../../src/backends/backend.ts";
import type { SymmetricOperator } from "../../../src/curvature/operator.ts";
import { Basis } from "../../../src/curvature/vectors/basis.ts";
import { drawVector } from "../../../src/curvature/vectors/draw.ts";
import { Lane } from "../../../src/curvature/vectors/lane.ts";
import { candidates } from "../backends.ts";
import { diagonalOperator, dotOf, normOf } from "../dense.ts";

const n = 300;
const support = [
  { start: 0, length: 100 },
  { start: 104, length: 190 },
];
const draw = (index: number, kind: "gaussian" | "rademacher" = "gaussian") =>
  drawVector({ length: n, support }, kind, 4, index);

for (const { name, create, rounding } of candidates) {
  describe(`a basis on ${name}`, () => {
    let backend: Backend;
    let operator: SymmetricOperator;
    let lane: Lane;
    let basis: Basis;
    beforeAll(async () => {
      backend = await create();
      operator = await diagonalOperator(backend, new Array(n).fill(2));
      lane = new Lane(operator, 0);
      basis = new Basis(backend, n, 8);
    });
    afterAll(async () => {
      await basis.dispose();
      await lane.dispose();
      operator.dispose();
      backend.dispose();
    });

    const append = async (data: Float32Array, relative = 0) => {
      lane.write(data);
      await lane.note();
      await basis.orthogonalize(lane);
      await lane.measure({ relative, absolute: 0 });
      await basis.append(lane);
    };
    const contents = () => Promise.all(Array.from({ length: basis.size }, (_, i) => basis.read(i)));

    test("orthonormalises across groups, to rounding, and leaves the gaps zero", async () => {
      for (let i = 0; i < 7; i++) await append(draw(i));
      const vectors = await contents();
      vectors.forEach((a, i) => {
        vectors.forEach((b, j) => {
          expect(Math.abs(dotOf(a, b) - (i === j ? 1 : 0))).toBeLessThan(rounding);
        });
        expect([...a.slice(100, 104), ...a.slice(294)].every((entry) => entry === 0)).toBe(true);
      });
    });

    test("tells the overlaps it removed", async () => {
      const vectors = await contents();
      const w = draw(20);
      lane.write(w);
      await basis.orthogonalize(lane);
      const overlaps = await basis.readOverlaps(lane);
      expect(overlaps).toHaveLength(7);
      overlaps.forEach((overlap, i) => {
        expect(Math.abs(overlap - dotOf(w, vectors[i]))).toBeLessThan(20 * rounding);
      });
    });

    test("combines its vectors", async () => {
      const coefficients = [1, -2, 0, 0.5, 0, 3, 0.25];
      await basis.combine(coefficients, lane);
      const vectors = await contents();
      const found = await backend.read(lane.w);
      const error = Array.from(
        found,
        (value, k) => value - vectors.reduce((sum, vector, i) => sum + coefficients[i] * vector[k], 0),
      );
      expect(normOf(error)).toBeLessThan(10 * rounding);
    });

    test("takes a dependent vector for zero, forgets, and refuses to overflow", async () => {
      const first = Float32Array.from(await basis.read(0));
      await append(first, 1e-8);
      expect((await lane.readNorm()).isZero).toBe(true);
      expect(normOf(await basis.read(7))).toBe(0);
      await expect(append(draw(30))).rejects.toThrow(/8 vectors is full/);
      await basis.truncate(6);
      expect(basis.size).toBe(6);
      await append(draw(31));
      const vectors = await contents();
      expect(Math.abs(dotOf(vectors[6], vectors[0]))).toBeLessThan(rounding);
    });
  });
}

test("draws are addressed by seed, number and kind, and stay on the support", () => {
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
  const signs = draw(0, "rademacher");
  expect(signs.filter((value) => Math.abs(value) === 1)).toHaveLength(290);
  expect(Math.abs(signs.reduce((sum, value) => sum + value, 0))).toBeLessThan(4 * Math.sqrt(290));
  expect(dotOf(draw(1), draw(1)) / 290).toBeCloseTo(1, 0);
});
