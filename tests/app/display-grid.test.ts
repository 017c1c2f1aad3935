import { describe, expect, it } from "vitest";
import { buildDisplayGrid, displayFactor } from "../../src/app/figure/display-grid.ts";
import { ProgressiveGrid } from "../../src/experiment/progressive-grid.ts";

const axis = (count: number) => ({ min: -1, max: 1, count });

function filled(count: number, loss: (alpha: number, beta: number) => number): ProgressiveGrid {
  const grid = new ProgressiveGrid(axis(count), axis(count));
  const cells = Uint32Array.from({ length: grid.size }, (_, cell) => cell);
  const values = Float64Array.from(cells, (cell) =>
    loss(grid.alpha[cell % count], grid.beta[Math.floor(cell / count)]),
  );
  grid.apply({ cells, loss: values, lossError: values.map(() => 0.1), accuracy: values.map((v) => 1 / (1 + v)) });
  return grid;
}

describe("buildDisplayGrid", () => {
  it("passes through every measured value and invents no extreme", () => {
    const grid = filled(21, (alpha, beta) => alpha * alpha + 10 * Math.abs(beta) ** 3 + (alpha > 0.4 ? 5 : 0));
    const display = buildDisplayGrid(grid, "loss", "linear");
    expect(display.factor).toBe(displayFactor(21, 21));
    for (let row = 0; row < 21; row++) {
      for (let column = 0; column < 21; column++) {
        const vertex = row * display.factor * display.columns + column * display.factor;
        expect(display.texels[vertex * 4]).toBeCloseTo(grid.loss[row * 21 + column], 5);
        expect(display.texels[vertex * 4 + 1]).toBe(1);
      }
    }
    const heights = display.texels.filter((_, index) => index % 4 === 0);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(display.min - 1e-6);
    expect(Math.max(...heights)).toBeLessThanOrEqual(display.max + 1e-6);
  });

  it("says where the extremes are, of the metric shown", () => {
    const grid = filled(11, (alpha, beta) => (alpha - 0.2) ** 2 + (beta + 0.4) ** 2);
    const loss = buildDisplayGrid(grid, "loss", "linear");
    const accuracy = buildDisplayGrid(grid, "accuracy", "linear");
    const best = 3 * 11 + 6;
    expect(loss.minCell).toBe(best);
    expect(accuracy.maxCell).toBe(best);
    expect(accuracy.max).toBeCloseTo(1, 12);
  });

  it("marks values that are not finite and puts them at the ceiling", () => {
    const grid = filled(9, (alpha, beta) =>
      alpha > 0.9 ? Number.POSITIVE_INFINITY : alpha < -0.9 ? Number.NaN : alpha + beta,
    );
    const display = buildDisplayGrid(grid, "loss", "linear");
    expect(display.nonFiniteCount).toBe(18);
    expect(display.texels[2]).toBe(1);
    expect(display.texels[0]).toBeCloseTo(display.max, 6);
    expect(display.texels.every((value) => Number.isFinite(value))).toBe(true);
  });

  it("goes logarithmic by itself only over more than two decades", () => {
    expect(
      buildDisplayGrid(
        filled(5, (alpha) => 10 ** (alpha + 1)),
        "loss",
        "auto",
      ).kind,
    ).toBe("linear");
    expect(
      buildDisplayGrid(
        filled(5, (alpha) => 10 ** (1.2 * alpha)),
        "loss",
        "auto",
      ).kind,
    ).toBe("log");
    expect(
      buildDisplayGrid(
        filled(5, (alpha) => 10 ** (1.2 * alpha)),
        "loss",
        "linear",
      ).kind,
    ).toBe("linear");
  });

  it("draws an unmeasured grid flat and unmeasured", () => {
    const display = buildDisplayGrid(new ProgressiveGrid(axis(7), axis(5)), "loss", "auto");
    expect(display.texels.every((value) => value === 0)).toBe(true);
    expect(display.minCell).toBe(-1);
  });
});

describe("ProgressiveGrid.knownIn", () => {
  it("hands over the points that two grids share, and only measured ones", () => {
    const coarse = filled(6, (alpha, beta) => alpha + 2 * beta);
    coarse.measured[7] = 0;
    const fine = new ProgressiveGrid(axis(11), axis(11));
    const known = coarse.knownIn(fine);
    expect(known.cells.length).toBe(35);
    known.cells.forEach((cell, index) => {
      const expected = fine.alpha[cell % 11] + 2 * fine.beta[Math.floor(cell / 11)];
      expect(known.loss[index]).toBeCloseTo(expected, 12);
    });
  });

  it("shares only what lies on both when the range changes", () => {
    const wide = new ProgressiveGrid({ min: -3, max: 3, count: 16 }, { min: -1, max: 1, count: 6 });
    const known = filled(6, (alpha) => alpha).knownIn(wide);
    expect(known.cells.length).toBe(36);
    const shifted = new ProgressiveGrid({ min: -0.9, max: 1.1, count: 6 }, { min: -1, max: 1, count: 6 });
    expect(filled(6, (alpha) => alpha).knownIn(shifted).cells.length).toBe(0);
  });
});
