/** What the clip limits of a figure may be: apart from each other, and with something left of the values between them. */
import { type NumberRange, numberRange } from "../../experiment/number-range.ts";
import type { Clip, ScaleKind } from "./value-scale.ts";
import { viewSettingsSchema } from "./view-settings.ts";

/** The values of everything that is drawn on one scale. */
export interface DrawnValues {
  readonly min: number;
  readonly max: number;
  readonly kind: ScaleKind;
}

const limits = numberRange(viewSettingsSchema, "clip.low");

/** `drawn`: null while nothing is. */
export function clipRanges(
  clip: Clip,
  drawn: DrawnValues | null,
): { readonly low: NumberRange; readonly high: NumberRange } {
  const { low, high } = clip;
  const isLog = drawn?.kind === "log";
  const top = Math.min(high ?? Infinity, drawn?.max ?? Infinity);
  const bottom = Math.max(low ?? -Infinity, drawn?.min ?? -Infinity);
  const least = isLog ? { minimum: undefined, exclusiveMinimum: 0 } : {};
  return {
    low: { ...limits, ...least, ...(Number.isFinite(top) && { maximum: undefined, exclusiveMaximum: top }) },
    high: { ...limits, ...least, ...(Number.isFinite(bottom) && { minimum: undefined, exclusiveMinimum: bottom }) },
  };
}

/** The values of several figures together; null while none of them has any. */
export function drawnValues(
  figures: readonly { readonly ghost: boolean; readonly display: DrawnValues }[],
): DrawnValues | null {
  const shown = figures.filter(({ ghost }) => !ghost).map(({ display }) => display);
  if (shown.length === 0) return null;
  return {
    min: Math.min(...shown.map(({ min }) => min)),
    max: Math.max(...shown.map(({ max }) => max)),
    kind: shown.some(({ kind }) => kind === "log") ? "log" : "linear",
  };
}
