import { describe, expect, it } from "vitest";
import { compareSvg } from "../../../src/app/compare/export/compare-svg.ts";
import { lineBody, mapBody } from "../../../src/app/compare/export/pane-bodies.ts";
import { buildFigures, DisplayCache } from "../../../src/app/figure/build-figures.ts";
import { defaultView } from "../../../src/app/figure/view-settings.ts";
import { ProgressiveGrid } from "../../../src/experiment/progressive-grid.ts";

const axis = { min: -1, max: 1, count: 3 };
const grid = new ProgressiveGrid(axis, axis);
const loss = Float64Array.of(3, 2, 3, 2, 1, 2, 3, 2, 3);
grid.apply({ cells: Uint32Array.from(loss.keys()), loss, lossError: loss, accuracy: loss });
const [figure] = buildFigures([grid], { ...defaultView, scale: "linear" }, true, new DisplayCache());
const size = { width: 148, height: 138 };

describe("the compare view as SVG", () => {
  it("has panes in a grid, a title, the legend and the caption, with names escaped", () => {
    const pane = { title: "a < b & c", detail: "MLP 32", colour: "#0072b2", reading: "Loss at θ 1", body: "<g/>" };
    const { text, width, height } = compareSvg({
      panes: [pane, pane, pane, pane],
      columns: 3,
      paneWidth: 100,
      paneHeight: 80,
      scaled: figure,
      colourMap: "viridis",
      caption: { title: "Loss around 4 runs.", text: "The same draw for all." },
    });
    expect(width).toBe(2 * 24 + 3 * 100 + 2 * 18);
    expect(text.match(/a &lt; b &amp; c/g)).toHaveLength(4);
    expect(text).not.toContain("a < b");
    expect(text).toContain('<g transform="translate(24 162)">');
    expect(text).toContain("linearGradient");
    expect(text).toContain("<title>Loss around 4 runs.</title>");
    expect(height).toBeGreaterThan(2 * (80 + 40));
    const opened = text.match(/<g[ >]/g)!.length;
    expect(text.match(/<\/g>/g)).toHaveLength(opened);
  });

  it("leaves the legend out where every pane has its own scale", () => {
    const text = compareSvg({
      panes: [],
      columns: 1,
      paneWidth: 300,
      paneHeight: 80,
      scaled: null,
      colourMap: "viridis",
      caption: { title: "t", text: "" },
    }).text;
    expect(text).not.toContain("linearGradient");
  });

  it("draws a line through the profile's points: the ends on top of the range, the middle at its foot", () => {
    // 100 × 100 inside the margins, from (40, 4).
    expect(lineBody(figure, "#123456", size)).toContain('<path d="M40.0 54.0L90.0 104.0L140.0 54.0"');
  });

  it("keeps a map's proportions, its mark in the middle", () => {
    const body = mapBody(figure, "data:image/png;base64,AAAA", { width: 248, height: 138 });
    expect(body).toContain('<image x="90" y="4" width="100" height="100"');
    expect(body).toContain('<circle cx="140" cy="54" r="4"');
  });

  it("marks models and a path on a map instead of its centre", () => {
    const body = mapBody(
      figure,
      "data:image/png;base64,AAAA",
      { width: 248, height: 138 },
      {
        marks: [
          { place: [0.25, 1], name: "a < b", colour: "#0072b2" },
          { place: [1, 0], name: "end", colour: "#d55e00" },
        ],
        path: [
          [0, 0],
          [1, 1],
        ],
      },
    );
    expect(body).not.toContain('<circle cx="140"');
    expect(body).toContain('<circle cx="115" cy="4" r="4" fill="#0072b2"');
    expect(body).toContain(">a &lt; b</text>");
    // Names stand towards the middle.
    expect(body).toContain('<text x="182" y="108" text-anchor="end"');
    const level = mapBody(figure, "", size, {
      marks: ["a", "b"].map((name, index) => ({ place: [index, 0.5], name, colour: "#000000" })),
      path: [],
    });
    // Names of one height stand one above the other.
    const heights = [...level.matchAll(/y="([\d.]+)" text-anchor="(?:start|end)" font-size="11" stroke/g)];
    expect(Number(heights[1][1]) - Number(heights[0][1])).toBe(14);
    expect(body.match(/<polyline points="90.00,104.00 190.00,4.00"/g)).toHaveLength(2);
  });
});
