import { describe, expect, it } from "vitest";
import { axisValues, coarseToFine, lattices, refinementPasses } from "../../src/experiment/grid.ts";

describe("axisValues", () => {
  it("are symmetric, with an exact 0 in the middle, and end at the ends", () => {
    for (const count of [3, 21, 51, 201]) {
      const values = axisValues({ min: -0.7, max: 0.7, count });
      expect(values[(count - 1) / 2]).toBe(0);
      values.forEach((value, i) => {
        expect(value).toBe(-values[count - 1 - i] + 0);
      });
      expect([values[0], values[count - 1]]).toEqual([-0.7, 0.7]);
    }
    expect([...axisValues({ min: 0, max: 3, count: 4 })]).toEqual([0, 1, 2, 3]);
    expect([...axisValues({ min: -1, max: 1, count: 1 })]).toEqual([0]);
  });
});

describe("coarseToFine", () => {
  it.each([
    [51, 51],
    [21, 9],
    [7, 50],
    [1, 1],
    [31, 1],
    [2, 3],
    [200, 64],
  ])("measures every cell of %i × %i once, the middle first", (columns, rows) => {
    const order = coarseToFine(columns, rows);
    expect(order.length).toBe(columns * rows);
    expect(new Set(order).size).toBe(columns * rows);
    expect(order[0]).toBe(Math.floor((rows - 1) / 2) * columns + Math.floor((columns - 1) / 2));
  });

  it("covers the whole extent of a 51 × 51 grid, evenly, within its first twentieth", () => {
    const first = [...coarseToFine(51, 51).subarray(0, Math.floor(0.05 * 51 * 51))].slice(0, 81);
    const columns = [...new Set(first.map((cell) => cell % 51))].sort((a, b) => a - b);
    const rows = [...new Set(first.map((cell) => Math.floor(cell / 51)))].sort((a, b) => a - b);
    expect(columns).toEqual(rows);
    expect([columns.length, columns[0], columns.at(-1), columns.includes(25)]).toEqual([9, 0, 50, true]);
    const gaps = columns.slice(1).map((column, i) => column - columns[i]);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    expect(first.length).toBe(81);
  });

  it("halves the gaps from pass to pass, whatever the count", () => {
    expect([...refinementPasses(9)]).toEqual([0, 2, 1, 2, 0, 2, 1, 2, 0]);
    for (const count of [1, 2, 3, 10, 51, 100]) {
      const passes = refinementPasses(count);
      for (let pass = 0; pass <= Math.max(...passes); pass++) {
        const known = [...passes.keys()].filter((i) => passes[i] <= pass);
        const gaps = known.slice(1).map((index, i) => index - known[i]);
        if (gaps.length > 0) expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.ceil(count / 2 ** (pass + 1)));
      }
    }
  });
});

describe("lattices", () => {
  it("keep the centre and both ends, and all that is coarser", () => {
    for (const count of [2, 3, 9, 26, 51, 201]) {
      const levels = lattices(count);
      levels.forEach((level, i) => {
        expect([level[0], level.at(-1)]).toEqual([0, count - 1]);
        expect(level).toContain(Math.floor((count - 1) / 2));
        expect([...(levels[i - 1] ?? [])].filter((index) => !level.includes(index))).toEqual([]);
      });
      expect(levels[0].length).toBeLessThanOrEqual(3);
      expect([...levels.at(-1)!]).toEqual(Array.from({ length: count }, (_, index) => index));
    }
    expect(lattices(1).map((level) => [...level])).toEqual([[0]]);
  });
});
