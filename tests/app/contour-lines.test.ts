import { describe, expect, it } from "vitest";
import { traceContours } from "../../src/app/figure/contour-lines.ts";
import { buildDisplayGrid, type DisplayGrid } from "../../src/app/figure/display-grid.ts";
import { ProgressiveGrid } from "../../src/experiment/progressive-grid.ts";

function gridOf(count: number, loss: (x: number, y: number) => number): DisplayGrid {
  const axis = { min: -1, max: 1, count };
  const grid = new ProgressiveGrid(axis, axis);
  const cells = Uint32Array.from({ length: grid.size }, (_, cell) => cell);
  const values = Float64Array.from(cells, (cell) =>
    loss(grid.alpha[cell % count], grid.beta[Math.floor(cell / count)]),
  );
  grid.apply({ cells, loss: values, lossError: values, accuracy: values });
  return buildDisplayGrid(grid, "loss", "linear");
}

interface Segment {
  readonly ends: readonly [number, number, number, number];
  readonly level: number;
}

function trace(grid: DisplayGrid, levels: readonly number[]): Segment[] {
  const segments: Segment[] = [];
  traceContours(grid, levels, (x0, y0, x1, y1, level) => segments.push({ ends: [x0, y0, x1, y1], level }));
  return segments;
}

describe("traceContours", () => {
  it("draws circles of the right length around a bowl", () => {
    const grid = gridOf(101, (x, y) => x * x + y * y);
    const toUnits = 2 / (grid.columns - 1);
    const levels = [0.04, 0.25, 0.81];
    const lengths = [0, 0, 0];
    for (const { ends, level } of trace(grid, levels)) {
      const [x0, y0, x1, y1] = ends.map((value) => value * toUnits - 1);
      for (const [x, y] of [
        [x0, y0],
        [x1, y1],
      ]) {
        expect(Math.hypot(x, y)).toBeCloseTo(Math.sqrt(levels[level]), 3);
      }
      lengths[level] += Math.hypot(x1 - x0, y1 - y0);
    }
    levels.forEach((level, index) => {
      expect(lengths[index] / (2 * Math.PI * Math.sqrt(level))).toBeCloseTo(1, 2);
    });
  });

  it("leaves no loose end inside the grid", () => {
    const grid = gridOf(21, (x, y) => Math.sin(5 * x) * Math.cos(4 * y) + 0.3 * x);
    const ends = new Map<string, number>();
    for (const {
      ends: [x0, y0, x1, y1],
      level,
    } of trace(grid, [-0.5, -0.1, 0.2, 0.61])) {
      for (const [x, y] of [
        [x0, y0],
        [x1, y1],
      ]) {
        if (x <= 0 || y <= 0 || x >= grid.columns - 1 || y >= grid.rows - 1) continue;
        const key = `${level} ${x.toFixed(4)} ${y.toFixed(4)}`;
        ends.set(key, (ends.get(key) ?? 0) + 1);
      }
    }
    expect(ends.size).toBeGreaterThan(100);
    expect([...ends.values()].every((count) => count % 2 === 0)).toBe(true);
  });

  it("parts or joins a saddle by the mean of its corners", () => {
    const saddle = (middle: number): DisplayGrid => {
      const texels = new Float32Array(16);
      [1 + middle, 0 + middle, 0 + middle, 1 + middle].forEach((value, vertex) => {
        texels[vertex * 4] = value;
      });
      return { ...gridOf(2, (x) => x), columns: 2, rows: 2, texels };
    };
    const cutsCorner = ([x0, y0, x1, y1]: Segment["ends"], x: number, y: number) =>
      [x0, x1].includes(x) && [y0, y1].includes(y);
    const joined = trace(saddle(0.2), [0.5]);
    expect(joined.some(({ ends }) => cutsCorner(ends, 0, 1))).toBe(true);
    const parted = trace(saddle(-0.2), [0.5]);
    expect(parted.some(({ ends }) => cutsCorner(ends, 0, 0))).toBe(true);
    expect(parted.length).toBe(2);
  });

  it("draws nothing on flat ground or without levels", () => {
    expect(
      trace(
        gridOf(9, () => 1),
        [1],
      ),
    ).toEqual([]);
    expect(
      trace(
        gridOf(9, (x) => x),
        [],
      ),
    ).toEqual([]);
  });
});
