import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildFigure } from "../../../src/app/figure/figure.ts";
import { clipSegment, surfaceAt } from "../../../src/app/figure/figure-path.ts";
import { explainedWords, pathCaption, pathFacts, pathSummary } from "../../../src/app/figure/path-words.ts";
import { defaultView } from "../../../src/app/figure/view-settings.ts";
import { pathFlags, pathInstances } from "../../../src/app/scene/path-instances.ts";
import { gridOf } from "../overlay-figures.ts";
import { bowl, pathOf } from "./path-figure.ts";

const coordinate = fc.double({ min: -2, max: 3, noNaN: true });
const place = fc.record({ u: coordinate, v: coordinate });

describe("a segment in the frame", () => {
  it("is the part of it that sampling finds inside", () => {
    fc.assert(
      fc.property(place, place, (from, to) => {
        const clipped = clipSegment(from, to);
        for (let k = 0; k <= 200; k++) {
          const t = k / 200;
          const at = { u: from.u + t * (to.u - from.u), v: from.v + t * (to.v - from.v) };
          // Samples within rounding of an edge may fall either way.
          const room = Math.min(at.u, at.v, 1 - at.u, 1 - at.v);
          if (Math.abs(room) < 1e-9) continue;
          expect(clipped !== null && t >= clipped[0] && t <= clipped[1]).toBe(room > 0);
        }
      }),
    );
  });
});

describe("the surface under a point", () => {
  const figure = buildFigure(gridOf(9, bowl), { ...defaultView, scale: "log" });

  it("is the measured value at a point of the grid, on a log scale too", () => {
    for (const [column, row] of [
      [0, 0],
      [4, 4],
      [8, 3],
    ])
      expect(surfaceAt(figure.display, { u: column / 8, v: row / 8 })).toBeCloseTo(
        bowl(column / 4 - 1, row / 4 - 1),
        5,
      );
  });

  it("is unknown beyond the frame, and where nothing is measured", () => {
    expect(surfaceAt(figure.display, { u: 1.1, v: 0.5 })).toBeNaN();
    const half = gridOf(9, bowl);
    half.measured.fill(0, 0, 9 * 4);
    const { display } = buildFigure(half, defaultView);
    expect(surfaceAt(display, { u: 0.5, v: 0.1 })).toBeNaN();
    expect(surfaceAt(display, { u: 0.5, v: 0.75 })).toBeCloseTo(bowl(0, 0.5), 5);
  });
});

describe("instances of a path", () => {
  const figure = buildFigure(gridOf(9, bowl), { ...defaultView, scale: "linear" });
  const points = [
    [-3, 0, 0.5],
    [-0.5, 0.5, 0.25],
    [0, 0, 0],
  ] as const;

  it("end at the frame's edge where a point lies beyond it", () => {
    const { reach } = pathInstances(figure, pathOf(points));
    // From α = −3 to −0.5 the frame begins at −1, after 2 of 2.5.
    expect(reach[0]).toBeCloseTo(0.8, 6);
    expect(reach[1]).toBe(1);
    expect(reach[3]).toBe(0);
    expect(reach[7]).toBe(pathFlags.bead + pathFlags.dropLine);
    // After the last point there is no way on.
    expect(reach[8]).toBeGreaterThan(reach[9]);
  });

  it("stand at their own loss, with the surface's beside it and the distance off the plane", () => {
    const path = pathOf(points);
    const { from, to, reach } = pathInstances(figure, path);
    expect(from[6]).toBeCloseTo(bowl(-0.5, 0.5) + 0.25, 6);
    expect(from[7]).toBeCloseTo(0.25 / path.extent, 6);
    expect(reach[6]).toBeCloseTo(bowl(-0.5, 0.5), 6);
    expect(reach[10]).toBeCloseTo(from[10], 6);
    expect([...to.slice(4, 8)]).toEqual([...from.slice(8, 12)]);
  });

  it("are left out until they are measured", () => {
    const { reach, from } = pathInstances(figure, pathOf(points, { unmeasured: [1] }));
    expect(reach[0]).toBeGreaterThan(reach[1]);
    expect(reach[4]).toBeGreaterThan(reach[5]);
    expect(reach[7]).toBe(0);
    expect(from.every(Number.isFinite)).toBe(true);
  });

  it("stand at the upper edge where the loss is not finite", () => {
    const path = pathOf(points);
    path.loss[1] = Number.POSITIVE_INFINITY;
    expect(pathInstances(figure, path).from[6]).toBeCloseTo(figure.range.scaledHigh, 6);
  });
});

describe("a path in words", () => {
  const grid = gridOf(9, bowl);
  const path = pathOf([
    [-3, 0, 1],
    [-0.5, 0.5, 0.5],
    [-0.2, 0.1, 0.1],
    [0, 0, 0],
  ]);

  it("tells medians, extremes and what lies beyond the frame", () => {
    expect(pathFacts(path, grid)).toEqual({
      count: 4,
      measured: 4,
      nonFinite: 0,
      outside: 1,
      medianOff: 0.15,
      mostOff: 0.5,
    });
    const words = pathCaption(path, grid, [null, null]);
    for (const part of ["path: 4 recorded points", "step 0 to 60", "15.0 %", "50.0 % at most", "1 of the points lie"])
      expect(words).toContain(part);
    expect(words).not.toContain("Variance");
  });

  it("names the principal directions' shares", () => {
    expect(explainedWords([0.712, 0.1234], [1, 2])).toBe("PC 1 71 %, PC 2 12 %");
    expect(explainedWords([0.712, 0.01], [null, 3])).toBe("PC 3 1.0 %");
    expect(pathCaption({ ...path, explained: [0.9, 0.08] }, grid, [1, 2])).toContain("PC 1 90 %, PC 2 8.0 %");
  });

  it("sums up for those who do not see it", () => {
    const text = pathSummary(path, { grid, metric: "loss" });
    expect(text).toContain("from α = −3.000, β = 0.000 with loss 10.50 at step 0");
    expect(text).toContain("to α = 0.000, β = 0.000 with loss 0.5000 at step 60");
    expect(pathSummary(pathOf([[0, 0, 0]], { unmeasured: [0] }), { grid, metric: "loss" })).toContain("0 measured");
  });
});
