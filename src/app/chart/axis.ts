/** One axis of a plot: where values stand, in pixels, and which get a label. */
import { linearTicks, logTicks } from "../figure/ticks.ts";

export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** Pixels; values beyond the axis lie beyond its ends, those that it has no place for far beyond the lower one. */
  place(value: number): number;
}

/** A span of pixels; `to` is below `from` on an axis that rises. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

export function linearAxis(low: number, high: number, { from, to }: Extent, tickCount: number): Axis {
  const span = high - low || 1;
  return {
    low,
    high,
    ticks: linearTicks(low, high, tickCount),
    place: (value) => from + ((value - low) / span) * (to - from),
  };
}

/** Both ends positive. */
export function logAxis(low: number, high: number, { from, to }: Extent, tickCount: number): Axis {
  const start = Math.log(low);
  const span = Math.log(high) - start || 1;
  return {
    low,
    high,
    ticks: logTicks(low, high, tickCount),
    place: (value) => from + (value > 0 ? (Math.log(value) - start) / span : -1) * (to - from),
  };
}

/** The smallest and largest finite value; null without any. */
export function extentOf(values: Iterable<number>): { readonly low: number; readonly high: number } | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? { low, high } : null;
}

/** A linear range with some room at both ends; around a single value, a range that holds it. */
export function padded(values: Iterable<number>, room = 0.06): { readonly low: number; readonly high: number } {
  const { low, high } = extentOf(values) ?? { low: 0, high: 1 };
  const pad = high > low ? (high - low) * room : Math.abs(high) || 1;
  return { low: low - pad, high: high + pad };
}

/** Whole decades around the positive values. */
export function decades(values: Iterable<number>): { readonly low: number; readonly high: number } {
  const positive = Array.from(values).filter((value) => value > 0);
  const { low, high } = extentOf(positive) ?? { low: 0.1, high: 1 };
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  return { low: 10 ** from, high: 10 ** (to > from ? to : from + 1) };
}

/** An SVG path through points; broken where one is not finite. */
export function pathOf(points: Iterable<readonly [x: number, y: number]>): string {
  let path = "";
  let isOpen = false;
  for (const [x, y] of points) {
    if (Number.isFinite(x) && Number.isFinite(y)) path += `${isOpen ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    isOpen = Number.isFinite(x) && Number.isFinite(y);
  }
  return path;
}

/** A closed band between two edges over the same places. */
export function bandOf(places: readonly number[], upper: readonly number[], lower: readonly number[]): string {
  if (places.length < 2) return "";
  const there = places.map((x, i): [number, number] => [x, upper[i]]);
  const back = places.map((x, i): [number, number] => [x, lower[i]]).reverse();
  return `${pathOf([...there, ...back])}Z`;
}
