/** The next number up or down from one, for the arrow keys of a field. */
import { isInRange, type NumberRange } from "../../experiment/number-range.ts";

/** A difference, or 1, 2, 5, 10, … for what is chosen by orders of magnitude. */
export type Step = number | "decades";

const smallestOfDecades = 1e-6;
const significantDigits = 12;

/** The value itself where the range ends before the next one. */
export function stepNumber(value: number, step: Step, direction: 1 | -1, range: NumberRange): number {
  const next = step === "decades" ? nextOfDecades(value, direction) : rounded(value + direction * step);
  if (isInRange(next, range)) return next;
  const end = direction > 0 ? range.maximum : range.minimum;
  return end !== undefined && isInRange(end, range) && (end - value) * direction > 0 ? end : value;
}

function nextOfDecades(value: number, direction: 1 | -1): number {
  if (value < smallestOfDecades) return direction > 0 ? smallestOfDecades : 0;
  const decade = Math.floor(Math.log10(value));
  const choices = [-1, 0, 1].flatMap((more) => [1, 2, 5].map((digit) => rounded(digit * 10 ** (decade + more))));
  const beyond = choices.filter((choice) => (choice - value) * direction > value * 1e-9);
  const next = direction > 0 ? Math.min(...beyond) : Math.max(...beyond);
  return next < smallestOfDecades ? 0 : next;
}

/** A number without the last digits that binary fractions leave: 0.1 + 0.2 is 0.3. */
const rounded = (value: number) => Number(value.toPrecision(significantDigits));
