/** Round numbers inside a range, for axes, legends and contour levels. */
import { fromScale, type ValueRange } from "./value-scale.ts";

/** The step of 1, 2 or 5 times a power of ten that cuts `span` into about `count` parts. */
export function niceStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  const factor = ratio >= 7.07 ? 10 : ratio >= 3.16 ? 5 : ratio >= 1.41 ? 2 : 1;
  return factor * power;
}

/** Multiples of a nice step between `low` and `high`, about `count` of them. Empty when the range is not finite. */
export function linearTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || !Number.isFinite(high - low)) return [];
  const step = niceStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => cleanMultiple(first + index, step));
}

/** Divides where the step is a reciprocal power of ten, so that 3 × 0.1 is 0.3. */
function cleanMultiple(multiple: number, step: number): number {
  return step < 1 ? multiple / Math.round(1 / step) : multiple * step;
}

/** 1–2–5 values over decades, thinned to decades or every n-th decade when there would be more than about `count`. */
export function logTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || !(low > 0)) return [];
  const from = Math.floor(Math.log10(low));
  const to = Math.ceil(Math.log10(high));
  const decades = Math.log10(high / low);
  if (decades < 0.7) return linearTicks(low, high, count);
  const factors = decades * 3 <= count * 2 ? [1, 2, 5] : [1];
  const every = factors.length > 1 ? 1 : Math.max(1, Math.round(decades / count));
  const ticks: number[] = [];
  for (let decade = from; decade <= to; decade++) {
    if (decade % every !== 0) continue;
    for (const factor of factors) {
      const value = decade < 0 ? factor / 10 ** -decade : factor * 10 ** decade;
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) ticks.push(value);
    }
  }
  return ticks.length >= 2 ? ticks : linearTicks(low, high, count);
}

export function rangeTicks(range: ValueRange, count: number): number[] {
  return range.kind === "log"
    ? logTicks(fromScale(range.scaledLow, "log"), fromScale(range.scaledHigh, "log"), count)
    : linearTicks(range.scaledLow, range.scaledHigh, count);
}
