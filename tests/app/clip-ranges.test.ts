import { expect, test } from "vitest";
import { clipRanges, drawnValues } from "../../src/app/figure/clip-ranges.ts";
import { readOptionalNumber } from "../../src/app/kit/read-number.ts";

const none = { low: null, high: null };
const drawn = { min: 0.4, max: 105, kind: "log" } as const;

test("nothing drawn leaves only the order of the two", () => {
  expect(readOptionalNumber("-5", clipRanges(none, null).high)).toEqual({ value: -5 });
  expect(readOptionalNumber("3", clipRanges({ low: 3, high: null }, null).high)).toHaveProperty("remedy");
  expect(readOptionalNumber("3", clipRanges({ low: null, high: 3 }, null).low)).toHaveProperty("remedy");
});

test("limits that leave nothing of the values, or have no logarithm, are refused with what would do", () => {
  const { low, high } = clipRanges(none, drawn);
  expect(readOptionalNumber("-5", high)).toEqual({ remedy: "Give a number above 0.4 to 1000000000." });
  expect(readOptionalNumber("0", low)).toEqual({ remedy: "Give a number above 0 to below 105." });
  expect(readOptionalNumber("200", low)).toHaveProperty("remedy");
  expect(readOptionalNumber("1", low)).toEqual({ value: 1 });
  expect(readOptionalNumber("90", high)).toEqual({ value: 90 });
  expect(readOptionalNumber("", high)).toEqual({ value: null });
});

test("a linear scale takes limits below zero", () => {
  const { low } = clipRanges(none, { min: 0.4, max: 1, kind: "linear" });
  expect(readOptionalNumber("-5", low)).toEqual({ value: -5 });
});

test("several figures are drawn from the smallest to the largest of their values; ghosts do not count", () => {
  const display = { min: 1, max: 2, kind: "linear" } as const;
  expect(drawnValues([{ ghost: true, display }])).toBeNull();
  expect(
    drawnValues([
      { ghost: false, display },
      { ghost: false, display: drawn },
    ]),
  ).toEqual({ min: 0.4, max: 105, kind: "log" });
});
