import { describe, expect, it } from "vitest";
import { buildFigures, DisplayCache } from "../../../src/app/figure/build-figures.ts";
import { profileOf } from "../../../src/app/figure/profile.ts";
import { extremesOf } from "../../../src/app/figure/shared-range.ts";
import { defaultView } from "../../../src/app/figure/view-settings.ts";
import { ProgressiveGrid } from "../../../src/experiment/progressive-grid.ts";

const axis = { min: -1, max: 1, count: 5 };

/** A bowl of the given depth and steepness, its first `measured` cells measured. */
function bowl(floor: number, slope: number, measured = 25): ProgressiveGrid {
  const grid = new ProgressiveGrid(axis, axis);
  const cells = Uint32Array.from({ length: measured }, (_, cell) => cell);
  const value = (cell: number) => floor + slope * (grid.alpha[cell % 5] ** 2 + grid.beta[Math.floor(cell / 5)] ** 2);
  const loss = Float64Array.from(cells, value);
  grid.apply({ cells, loss, lossError: loss.map(() => 0), accuracy: loss.map((at) => 1 / (1 + at)) });
  return grid;
}

describe("figures side by side", () => {
  it("share the range of all that is measured, and with it scale and contours", () => {
    const grids = [bowl(0.1, 1), bowl(0.5, 4)];
    const [low, high] = buildFigures(grids, defaultView, true, new DisplayCache());
    expect(low.range).toEqual(high.range);
    expect(low.range.low).toBeCloseTo(0.1, 12);
    expect(low.range.high).toBeCloseTo(8.5, 12);
    expect(low.levels).toEqual(high.levels);
  });

  it("keep a range each where that is asked for", () => {
    const [low, high] = buildFigures([bowl(0.1, 1), bowl(0.5, 4)], defaultView, false, new DisplayCache());
    expect([low.range.low, low.range.high]).toEqual([expect.closeTo(0.1, 12), expect.closeTo(2.1, 12)]);
    expect([high.range.low, high.range.high]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(8.5, 12)]);
  });

  it("go logarithmic together although each alone would not", () => {
    const grids = [bowl(0.01, 0.1), bowl(1, 4)];
    expect(buildFigures(grids, defaultView, false, new DisplayCache()).map(({ range }) => range.kind)).toEqual([
      "linear",
      "linear",
    ]);
    const together = buildFigures(grids, defaultView, true, new DisplayCache());
    expect(together.map(({ range, display }) => [range.kind, display.kind])).toEqual([
      ["log", "log"],
      ["log", "log"],
    ]);
  });

  it("build a display grid again only when its own values have changed", () => {
    const [still, streaming] = [bowl(0.1, 1), bowl(0.5, 4, 10)];
    const displays = new DisplayCache();
    const before = buildFigures([still, streaming], defaultView, true, displays);
    const cells = Uint32Array.of(24);
    streaming.apply({
      cells,
      loss: Float64Array.of(9),
      lossError: Float64Array.of(0),
      accuracy: Float64Array.of(0.1),
    });
    const after = buildFigures([still, streaming], defaultView, true, displays);
    expect(after[0].display).toBe(before[0].display);
    expect(after[1].display).not.toBe(before[1].display);
    expect(after[0].range.high).toBe(9);
  });

  it("have nothing to say of what is not measured, and leave infinite losses out of the range", () => {
    expect(extremesOf([new ProgressiveGrid(axis, axis)], "loss")).toBeNull();
    const grid = bowl(0.1, 1);
    const wall = { cells: Uint32Array.of(0), lossError: Float64Array.of(0), accuracy: Float64Array.of(0) };
    grid.apply({ ...wall, loss: Float64Array.of(Number.POSITIVE_INFINITY) });
    expect(extremesOf([grid], "loss")!.max).toBeCloseTo(2.1, 12);
    const [ghost] = buildFigures([new ProgressiveGrid(axis, axis)], defaultView, true, new DisplayCache());
    expect(ghost.ghost).toBe(true);
    expect(ghost.levels).toEqual([]);
  });

  it("cut along α through the middle row", () => {
    const { beta, values } = profileOf(bowl(0.5, 4), "loss");
    expect(beta).toBe(0);
    expect(values).toEqual([4.5, 1.5, 0.5, 1.5, 4.5]);
    expect(profileOf(bowl(0.5, 4, 12), "loss").values.map(Number.isNaN)).toEqual([false, false, true, true, true]);
  });
});
