import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contourLevels, maximumLevels } from "../../src/app/figure/contour-levels.ts";
import { linearTicks, logTicks, niceStep } from "../../src/app/figure/ticks.ts";
import { valueRange } from "../../src/app/figure/value-scale.ts";

const noClip = { low: null, high: null };
const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true });

describe("linearTicks", () => {
  it("gives round numbers", () => {
    expect(linearTicks(-1, 1, 4)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(linearTicks(0, 0.7, 7)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(linearTicks(0.12, 8.3, 5)).toEqual([2, 4, 6, 8]);
  });

  it("stays inside the range, in order, near the count asked for", () => {
    fc.assert(
      fc.property(
        finite,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (low, span, count) => {
          const ticks = linearTicks(low, low + span, count);
          const slack = span * 1e-6;
          expect(ticks.every((tick) => tick >= low - slack && tick <= low + span + slack)).toBe(true);
          expect(ticks.every((tick, index) => index === 0 || tick > ticks[index - 1])).toBe(true);
          expect(ticks.length).toBeLessThanOrEqual(count * 2 + 1);
          expect(niceStep(span, count) / (span / count)).toBeGreaterThan(0.6);
        },
      ),
    );
  });

  it("is empty for a range that is none", () => {
    expect(linearTicks(1, 1, 5)).toEqual([]);
    expect(linearTicks(0, Number.POSITIVE_INFINITY, 5)).toEqual([]);
    expect(linearTicks(Number.NaN, 1, 5)).toEqual([]);
  });
});

describe("logTicks", () => {
  it("fills a few decades with 1, 2, 5 and thins many", () => {
    expect(logTicks(0.05, 8, 5)).toEqual([0.05, 0.1, 0.2, 0.5, 1, 2, 5]);
    expect(logTicks(1e-6, 1e6, 6)).toEqual([1e-6, 1e-4, 1e-2, 1, 100, 1e4, 1e6]);
  });
});

describe("contourLevels", () => {
  it("puts an index contour at every fifth level of a linear range", () => {
    const levels = contourLevels(valueRange(0.03, 2.9, noClip, "linear"), 15);
    expect(levels.map(({ value }) => value)).toEqual([
      0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6, 2.8,
    ]);
    expect(levels.filter(({ index }) => index).map(({ value }) => value)).toEqual([1, 2]);
  });

  it("makes the decades the index contours of a log range", () => {
    const levels = contourLevels(valueRange(0.02, 40, noClip, "log"));
    expect(levels.filter(({ index }) => index).map(({ value }) => value)).toEqual([0.1, 1, 10]);
    for (const { value, scaled } of levels) expect(scaled).toBeCloseTo(Math.log10(value), 12);
  });

  it("lies strictly inside the range and fits the shader, for any range", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.constantFrom("linear" as const, "log" as const),
        (low, span, kind) => {
          const range = valueRange(low, low + span, noClip, kind);
          const levels = contourLevels(range);
          expect(levels.length).toBeLessThanOrEqual(maximumLevels);
          expect(levels.every(({ scaled }) => scaled > range.scaledLow && scaled < range.scaledHigh)).toBe(true);
        },
      ),
    );
  });
});

describe("valueRange", () => {
  it("says which end clips", () => {
    expect(valueRange(0.1, 9, { low: null, high: 4 }, "linear")).toMatchObject({
      high: 4,
      clipsHigh: true,
      clipsLow: false,
    });
    expect(valueRange(0.1, 9, { low: 0.5, high: 20 }, "log")).toMatchObject({ clipsHigh: false, clipsLow: true });
  });

  it("is never empty", () => {
    for (const value of [0, 1, -3, 1e-9, 1e9]) {
      const range = valueRange(value, value, noClip, "linear");
      expect(range.scaledHigh).toBeGreaterThan(range.scaledLow);
    }
  });
});
