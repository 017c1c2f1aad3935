import { describe, expect, it } from "vitest";
import { edgeWords } from "../../src/app/figure/edge-words.ts";
import { buildFigure } from "../../src/app/figure/figure.ts";
import { defaultView } from "../../src/app/figure/view-settings.ts";
import { ProgressiveGrid } from "../../src/experiment/progressive-grid.ts";

const axis = { min: -1, max: 1, count: 5 };

function figureOf(loss: (alpha: number, beta: number) => number, rows = 5, measured = 5 * rows) {
  const grid = new ProgressiveGrid(axis, rows === 1 ? null : { ...axis, count: rows });
  const cells = Uint32Array.from({ length: measured }, (_, cell) => cell);
  const values = Float64Array.from(cells, (cell) =>
    loss(grid.alpha[cell % 5], rows === 1 ? 0 : grid.beta[Math.floor(cell / 5)]),
  );
  grid.apply({ cells, loss: values, lossError: values, accuracy: values });
  return buildFigure(grid, defaultView);
}

describe("a minimum on the edge of the plane", () => {
  it("is said, with its place", () => {
    expect(edgeWords(figureOf((alpha, beta) => 2 - alpha + beta * beta))).toBe(
      "The smallest loss lies on the edge of the plane, at α = 1.000, β = 0.000: beyond it the surface may go lower.",
    );
    expect(edgeWords(figureOf((alpha) => 2 + alpha, 1))).toBe(
      "The smallest loss lies at an end of the line, at α = −1.000: beyond it the line may go lower.",
    );
  });

  it("is not said of one inside, of a flat surface, or before all is measured", () => {
    expect(edgeWords(figureOf((alpha, beta) => 1 + alpha * alpha + beta * beta))).toBe("");
    expect(edgeWords(figureOf((alpha) => 1 + alpha * alpha, 1))).toBe("");
    expect(edgeWords(figureOf(() => 1))).toBe("");
    expect(edgeWords(figureOf((alpha) => 2 - alpha, 5, 24))).toBe("");
  });

  it("is of the largest value where that is the best", () => {
    const { grid, display } = figureOf((alpha) => 2 + alpha);
    expect(edgeWords({ grid, display, metric: "accuracy" })).toMatch(/^The largest accuracy .*α = 1\.000.*higher\.$/);
  });
});
