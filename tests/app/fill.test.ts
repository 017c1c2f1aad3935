import { describe, expect, it } from "vitest";
import { fillUnknown } from "../../src/app/figure/fill.ts";
import { coarseToFine, lattices } from "../../src/experiment/grid.ts";

const plane = (column: number, row: number) => 3 + 0.5 * column - 0.25 * row;

function grid(columns: number, rows: number, value: (column: number, row: number) => number) {
  return Float64Array.from({ length: columns * rows }, (_, cell) => value(cell % columns, Math.floor(cell / columns)));
}

describe("fillUnknown", () => {
  it.each([1, 2, 3, 4])("reproduces a plane from the lattice %i before the last", (level) => {
    const [columns, rows] = [51, 34];
    const truth = grid(columns, rows, plane);
    const onColumn = new Set(lattices(columns).at(-1 - level));
    const onRow = new Set(lattices(rows).at(-1 - level));
    const known = Uint8Array.from(truth, (_, cell) =>
      onColumn.has(cell % columns) && onRow.has(Math.floor(cell / columns)) ? 1 : 0,
    );
    const values = truth.map((value, cell) => (known[cell] ? value : Number.NaN));
    expect(fillUnknown(values, known, columns, rows)).toBe(true);
    for (const [cell, value] of values.entries()) expect(value).toBeCloseTo(truth[cell], 10);
  });

  it("leaves known cells alone and stays between their extremes, at every stage of a stream", () => {
    const [columns, rows] = [26, 17];
    const truth = grid(columns, rows, (column, row) => Math.sin(column) * row);
    const order = coarseToFine(columns, rows);
    for (let count = 1; count <= order.length; count += 13) {
      const known = new Uint8Array(columns * rows);
      for (const cell of order.slice(0, count)) known[cell] = 1;
      const values = truth.map((value, cell) => (known[cell] ? value : Number.NaN));
      const measured = truth.filter((_, cell) => known[cell]);
      fillUnknown(values, known, columns, rows);
      values.forEach((value, cell) => {
        if (known[cell]) expect(value).toBe(truth[cell]);
        expect(value).toBeGreaterThanOrEqual(Math.min(...measured) - 1e-12);
        expect(value).toBeLessThanOrEqual(Math.max(...measured) + 1e-12);
      });
    }
  });

  it("changes nothing when nothing is known, and knows a line from its ends", () => {
    const values = new Float64Array(5).fill(7);
    expect(fillUnknown(values, new Uint8Array(5), 5, 1)).toBe(false);
    expect([...values]).toEqual([7, 7, 7, 7, 7]);
    const line = Float64Array.of(1, 0, 0, 0, 3);
    fillUnknown(line, Uint8Array.of(1, 0, 0, 0, 1), 5, 1);
    expect([...line]).toEqual([1, 1.5, 2, 2.5, 3]);
  });
});
