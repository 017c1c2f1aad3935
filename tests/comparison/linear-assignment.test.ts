import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignLargest } from "../../src/comparison/linear-assignment.ts";

/** All permutations of 0 … n − 1. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((shorter) =>
    Array.from({ length: n }, (_, at) => [...shorter.slice(0, at), n - 1, ...shorter.slice(at)]),
  );
}
const sumOf = (gain: ArrayLike<number>, n: number, columns: ArrayLike<number>) =>
  Array.from(columns).reduce((sum, column, row) => sum + gain[row * n + column], 0);

describe("linear assignment", () => {
  it("finds the largest sum among all permutations", () => {
    const problem = fc
      .integer({ min: 1, max: 6 })
      .chain((n) =>
        fc.tuple(fc.constant(n), fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n * n, maxLength: n * n })),
      );
    fc.assert(
      fc.property(problem, ([n, gain]) => {
        const found = assignLargest(Float64Array.from(gain), n);
        expect(new Set(found).size).toBe(n);
        const best = Math.max(...permutations(n).map((columns) => sumOf(gain, n, columns)));
        expect(sumOf(gain, n, found)).toBe(best);
      }),
      { numRuns: 300 },
    );
  });

  it("finds a planted assignment of 200 rows", () => {
    const n = 200;
    const gain = Float64Array.from({ length: n * n }, (_, k) => Math.sin(k * k));
    for (let row = 0; row < n; row++) gain[row * n + ((7 * row + 3) % n)] = 2;
    expect([...assignLargest(gain, n)]).toEqual(Array.from({ length: n }, (_, row) => (7 * row + 3) % n));
  });

  it.each([
    ["of no structure", (i: number, j: number) => Math.sin(i * i + 31 * j * j + i * j)],
    ["of low rank", (i: number, j: number) => Math.sin(i * i) * Math.cos(j * j) + Math.sin(2 * i) * Math.sin(3 * j)],
    ["with many ties", (i: number, j: number) => (i * i + 3 * j * j + i * j) % 5],
  ])("has the same sum for rows and columns exchanged, gains %s", (_, gainOf) => {
    const n = 150;
    const gain = Float64Array.from({ length: n * n }, (_, k) => gainOf(Math.floor(k / n), k % n));
    const transposed = Float64Array.from({ length: n * n }, (_, k) => gain[(k % n) * n + Math.floor(k / n)]);
    const [rows, columns] = [assignLargest(gain, n), assignLargest(transposed, n)];
    expect(new Set(rows).size).toBe(n);
    expect(sumOf(gain, n, rows)).toBeCloseTo(sumOf(transposed, n, columns), 9);
    // No exchange of two rows gains: necessary, not sufficient.
    const improvement = (i: number, k: number) =>
      gain[i * n + rows[k]] + gain[k * n + rows[i]] - gain[i * n + rows[i]] - gain[k * n + rows[k]];
    const all = Array.from({ length: n * n }, (_, p) => improvement(Math.floor(p / n), p % n));
    expect(Math.max(...all)).toBeLessThan(1e-9);
  });

  it("refuses what it can't order", () => {
    expect(() => assignLargest(Float64Array.of(1, Number.NaN, 0, 1), 2)).toThrow(/not finite/);
    expect(() => assignLargest(Float64Array.of(1, 2), 2)).toThrow(/2 gains for 2 rows/);
  });
});
