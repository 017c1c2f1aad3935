/** Scales that take a value to its height: linear or log10, and the range between the clip limits. */
export type ScaleKind = "linear" | "log";
export const scaleChoices = ["auto", "linear", "log"] as const;
export type ScaleChoice = (typeof scaleChoices)[number];

/** The log scale shows nothing smaller: a loss of exactly 0 has to stand somewhere. */
const smallestLogValue = 1e-12;

export function toScale(value: number, kind: ScaleKind): number {
  return kind === "log" ? Math.log10(Math.max(value, smallestLogValue)) : value;
}

export function fromScale(scaled: number, kind: ScaleKind): number {
  return kind === "log" ? 10 ** scaled : scaled;
}

/** `auto` goes logarithmic when the largest value is over a hundred times the smallest. */
export function resolveScale(choice: ScaleChoice, min: number, max: number): ScaleKind {
  if (choice !== "auto") return choice;
  return min > 0 && max / min > 100 ? "log" : "linear";
}

/** Clip limits as chosen, in the metric's units; null follows the data. */
export interface Clip {
  readonly low: number | null;
  readonly high: number | null;
}

export interface ValueRange {
  readonly kind: ScaleKind;
  /** Limits in the metric's units. */
  readonly low: number;
  readonly high: number;
  /** The same on the scale. */
  readonly scaledLow: number;
  readonly scaledHigh: number;
  readonly clipsLow: boolean;
  readonly clipsHigh: boolean;
}

/** The drawn range of data from `min` to `max`; never empty, even when all values are equal. */
export function valueRange(min: number, max: number, clip: Clip, kind: ScaleKind): ValueRange {
  const low = clip.low ?? min;
  const high = clip.high ?? max;
  let scaledLow = toScale(low, kind);
  let scaledHigh = toScale(high, kind);
  if (!(scaledHigh - scaledLow > 1e-9 * Math.max(1, Math.abs(scaledLow)))) {
    const pad = Math.max(Math.abs(scaledLow) * 0.05, 0.05);
    scaledLow -= clip.low === null ? pad : 0;
    scaledHigh = Math.max(scaledLow, scaledHigh) + pad;
  }
  return {
    kind,
    low: fromScale(scaledLow, kind),
    high: fromScale(scaledHigh, kind),
    scaledLow,
    scaledHigh,
    clipsLow: clip.low !== null && min < low,
    clipsHigh: clip.high !== null && max > high,
  };
}
