import { describe, expect, it } from "vitest";
import { contourSvg } from "../../src/app/drawing/contour-svg.ts";
import { modelLine } from "../../src/app/drawing/model-line.ts";
import { figureAdditions } from "../../src/app/export/figure-additions.ts";
import { joinContours } from "../../src/app/figure/contour-paths.ts";
import { buildFigure } from "../../src/app/figure/figure.ts";
import {
  modelField,
  modelLimits,
  planeCurvatures,
  scaledModelAt,
  worstCell,
} from "../../src/app/figure/quadratic-model.ts";
import { valueRange } from "../../src/app/figure/value-scale.ts";
import { defaultView } from "../../src/app/figure/view-settings.ts";
import { modelAt } from "../../src/experiment/quadratic-model.ts";
import { gridOf, saddle } from "./overlay-figures.ts";

const noClip = { low: null, high: null };
const facts = { tolerance: 0.01, dimension: null, unconverged: 0 };

describe("the quadratic model", () => {
  it("is f(0) + gᵀs + ½sᵀHs: values worked out by hand", () => {
    expect(modelAt(saddle, 0, 0)).toBe(0.5);
    expect(modelAt(saddle, 1, 0)).toBe(0.5 + 0.25 + 2);
    expect(modelAt(saddle, 0, 2)).toBe(0.5 - 2 - 4);
    // ½(4·4 + 2·1·2·(−1) − 2·1) = 5
    expect(modelAt(saddle, 2, -1)).toBe(0.5 + 0.5 + 1 + 5);
  });

  it("has the curvatures of its matrix: their sum is the trace, their product the determinant", () => {
    const [largest, smallest] = planeCurvatures(saddle);
    expect(largest + smallest).toBeCloseTo(2, 12);
    expect(largest * smallest).toBeCloseTo(-9, 12);
    expect(largest).toBeGreaterThan(smallest);
  });

  it("has no place on a log scale where it is not positive, and says so", () => {
    expect(scaledModelAt(saddle, "log", 0, 1)).toBeNaN();
    expect(scaledModelAt(saddle, "log", 1, 0)).toBeCloseTo(Math.log10(2.75), 12);
    expect(scaledModelAt(saddle, "linear", 0, 1)).toBe(-1.5);
    const ends = Float64Array.of(-1, 0, 1);
    const limits = (kind: "linear" | "log", low: number, high: number) =>
      modelLimits(saddle, valueRange(low, high, noClip, kind), ends, ends);
    expect(limits("log", 0.1, 10)).toEqual({ leavesRange: false, leavesScale: true });
    expect(limits("linear", -10, 10)).toEqual({ leavesRange: false, leavesScale: false });
    expect(limits("linear", 0, 1)).toEqual({ leavesRange: true, leavesScale: false });
  });

  it("is furthest from the loss where the loss was bent away from it", () => {
    const grid = gridOf(5, (alpha, beta) => modelAt(saddle, alpha, beta) + (alpha === 1 && beta === -0.5 ? 3 : 0));
    expect(worstCell(saddle, grid)).toBe(1 * 5 + 4);
  });

  it("stands in the files at every point, also of those not measured", () => {
    const grid = gridOf(3, (alpha) => alpha);
    grid.measured[0] = 0;
    const { grids, documents } = figureAdditions({ grid, model: saddle, layer: null }, facts);
    expect([...grids.quadratic]).toEqual([-1, 0, 1].flatMap((beta) => [-1, 0, 1].map((a) => modelAt(saddle, a, beta))));
    expect(documents).toEqual({ quadraticModel: saddle });
    expect(figureAdditions({ grid, model: null, layer: null }, facts)).toEqual({ grids: {}, documents: {} });
  });
});

describe("contours of the model", () => {
  const bowl = { loss: 0, gradient: [0, 0], hessian: [2, 0, 2] } as const;
  const ends = Float64Array.of(-1, 1);

  it("are whole lines: a circle is one closed line of its own length", () => {
    const paths = joinContours(modelField(bowl, "linear", ends, ends), [0.25]);
    expect(paths.length).toBe(1);
    const { points } = paths[0];
    expect(points.slice(0, 2)).toEqual(points.slice(-2));
    let length = 0;
    for (let at = 2; at < points.length; at += 2)
      length += Math.hypot(points[at] - points[at - 2], points[at + 1] - points[at - 1]);
    // A radius of 0.5 in a grid of 96 intervals over 2.
    expect(length).toBeCloseTo(2 * Math.PI * 24, 0);
  });

  it("are as many open lines as there are branches", () => {
    const hyperbola = { loss: 0, gradient: [0, 0], hessian: [2, 0, -2] } as const;
    const paths = joinContours(modelField(hyperbola, "linear", ends, ends), [0.25]);
    expect(paths.map(({ level }) => level)).toEqual([0, 0]);
    for (const { points } of paths) expect(points.slice(0, 2)).not.toEqual(points.slice(-2));
  });

  it("are one parabola on a line, broken where a log scale has no place for it", () => {
    const model = { loss: -0.25, gradient: [0, 0], hessian: [2, 0, 0] } as const;
    const grid = gridOf(5, (alpha) => alpha * alpha + 0.1, 1);
    const path = (scale: "linear" | "log") =>
      modelLine(
        buildFigure(grid, { ...defaultView, scale }),
        model,
        (alpha) => 100 * alpha,
        (value) => 100 * value,
      );
    expect(path("linear").match(/M/g)?.length).toBe(1);
    expect(path("linear")).toContain("L0.0 -25.0L");
    // α² − ¼ is positive outside ±½.
    expect(path("log").match(/M/g)?.length).toBe(2);
    expect(path("log")).toMatch(/^M-100\.0 75\.0L/);
    expect(path("log")).not.toContain("L0.0 ");
  });

  it("are dashed in a drawing, and measured ones are not", () => {
    const grid = gridOf(11, (alpha, beta) => alpha * alpha + beta * beta);
    const options = { ground: "data:,", colourMap: "viridis", caption: { title: "", text: "" } } as const;
    const plain = contourSvg(buildFigure(grid, defaultView), options);
    const drawn = contourSvg(buildFigure(grid, defaultView, { model: bowl, layer: null }), options);
    expect(plain).not.toContain("stroke-dasharray");
    expect(drawn).toContain('stroke-dasharray="6 4"');
    expect(drawn).toContain("<title>Quadratic model, 0.5</title>");
    expect(drawn).not.toContain("NaN");
  });
});
