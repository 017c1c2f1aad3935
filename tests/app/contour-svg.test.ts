import { describe, expect, it } from "vitest";
import { contourSvg, wrapText } from "../../src/app/drawing/contour-svg.ts";
import { buildFigure } from "../../src/app/figure/figure.ts";
import { defaultView } from "../../src/app/figure/view-settings.ts";
import { ProgressiveGrid } from "../../src/experiment/progressive-grid.ts";

function bowl() {
  const axis = { min: -1, max: 1, count: 11 };
  const grid = new ProgressiveGrid(axis, { min: -0.5, max: 0.5, count: 11 });
  const cells = Uint32Array.from({ length: grid.size }, (_, cell) => cell);
  const loss = Float64Array.from(cells, (cell) => grid.alpha[cell % 11] ** 2 + grid.beta[Math.floor(cell / 11)] ** 2);
  grid.apply({ cells, loss, lossError: loss, accuracy: loss });
  return buildFigure(grid, { ...defaultView, clip: { low: null, high: 0.9 } });
}

describe("contourSvg", () => {
  const caption = { title: "Loss <around> θ & more.", text: "Two directions." };
  const figure = bowl();
  const svg = contourSvg(figure, { ground: "data:image/png;base64,AA==", colourMap: "viridis", caption });

  it("has a path for every contour, named by its level", () => {
    expect(figure.levels.length).toBeGreaterThan(5);
    expect(svg.match(/<path d="M[^"]+" fill="none"/g)?.length).toBe(figure.levels.length);
    expect(svg).toContain("<title>0.5</title>");
  });

  it("carries legend, unit, clip arrow, marks and the caption, escaped", () => {
    for (const part of [
      "cross-entropy, nats",
      "url(#scale)",
      "l9 5l-9 5z",
      "<circle",
      "Loss &lt;around&gt; θ &amp; more. Two directions.",
    ]) {
      expect(svg).toContain(part);
    }
    expect(svg).not.toContain("NaN");
  });

  it("keeps the proportions of the axes", () => {
    expect(svg).toContain('width="560" height="280"');
  });
});

describe("wrapText", () => {
  it("breaks between words only", () => {
    expect(wrapText("one two three four", 9)).toEqual(["one two", "three", "four"]);
    expect(wrapText("incomprehensible it is", 8)).toEqual(["incomprehensible", "it is"]);
  });
});
