/** Values at which contours are drawn, and which of them are index contours, drawn stronger and labelled. */
import { linearTicks, niceStep } from "./ticks.ts";
import { toScale, type ValueRange } from "./value-scale.ts";

export interface ContourLevel {
  /** The contour's value, in the metric's units. */
  readonly value: number;
  readonly scaled: number;
  readonly index: boolean;
}

/** The shader's array holds this many. */
export const maximumLevels = 48;

/** About `count` levels strictly inside the range: every fifth is an index contour; in log scale the decades are. */
export function contourLevels(range: ValueRange, count = 18): ContourLevel[] {
  const levels =
    range.kind === "log" && range.scaledHigh - range.scaledLow >= 0.7 ? logLevels(range, count) : linear(range, count);
  return levels.filter(({ scaled }) => scaled > range.scaledLow && scaled < range.scaledHigh).slice(0, maximumLevels);
}

function linear(range: ValueRange, count: number): ContourLevel[] {
  const step = niceStep(range.high - range.low, count);
  return linearTicks(range.low, range.high, count).map((value) => ({
    value,
    scaled: toScale(value, range.kind),
    index: Math.round(value / step) % 5 === 0,
  }));
}

function logLevels(range: ValueRange, count: number): ContourLevel[] {
  const decades = range.scaledHigh - range.scaledLow;
  const choices = [[1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];
  const factors = choices.find((choice) => choice.length * decades <= count * 1.35) ?? [1];
  const levels: ContourLevel[] = [];
  for (let decade = Math.floor(range.scaledLow); decade <= Math.ceil(range.scaledHigh); decade++) {
    for (const factor of factors) {
      const value = decade < 0 ? factor / 10 ** -decade : factor * 10 ** decade;
      levels.push({ value, scaled: Math.log10(value), index: factor === 1 });
    }
  }
  return levels;
}
