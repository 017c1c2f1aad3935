import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rangeAround } from "../../../src/app/stores/trajectory/range.ts";
import { axisValues } from "../../../src/experiment/grid.ts";

describe("the range around a path", () => {
  it("holds every coordinate with room to spare, and 0 is one of its points", () => {
    const coordinate = fc.double({ min: -400, max: 400, noNaN: true }).filter((value) => Math.abs(value) > 1e-6);
    fc.assert(
      fc.property(
        fc.array(coordinate, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 3, max: 101 }),
        (path, count) => {
          const axis = rangeAround(path, count);
          const points = axisValues(axis);
          expect(points).toHaveLength(count);
          const spacing = points[1] - points[0];
          expect(Math.min(...points.map((point) => Math.abs(point)))).toBeLessThan(1e-12 * Math.max(1, spacing));
          const [low, high] = [Math.min(0, ...path), Math.max(0, ...path)];
          expect(axis.min).toBeLessThan(low);
          expect(axis.max).toBeGreaterThan(high);
        },
      ),
    );
  });

  it("wastes no more than the grid's spacing asks for", () => {
    // From 0 to 10 with 1.2 free on either side: 50 cells of 12.4 / 49 hold it, with 5 of them below 0.
    const axis = rangeAround([10, 4, 0], 51);
    expect(axis.max - axis.min).toBeLessThan(12.4 * 1.03);
    expect(axis.min).toBeLessThanOrEqual(-1.2);
    expect(axis.max).toBeGreaterThanOrEqual(11.2);
  });

  it("gives a path that stays at θ a range too", () => {
    expect(rangeAround([0, 0], 21)).toEqual({ min: -1, max: 1, count: 21 });
  });
});
