/** Numbers as a person types them: what a text stands for, or what would do in its place. */
import { describeNode } from "../../experiment/expectation.ts";
import { isInRange, type NumberListRange, type NumberRange } from "../../experiment/number-range.ts";
import { parseDecimal } from "../../experiment/surface-texts.ts";

/** A text's value, or a sentence that says what to type instead. */
export type Reading<T> = { readonly value: T } | { readonly remedy: string };

/**
 * Takes "0.05", "1e-3", "5E−4" (with a minus sign or a hyphen) and blanks around them. A comma is refused: it parts
 * decimals in one country and thousands in another, and a guess would be another number.
 */
export function readNumber(text: string, range: NumberRange): Reading<number> {
  const typed = text.trim();
  const value = readDecimal(typed);
  if (value !== null && isInRange(value, range)) return { value };
  const wanted = `Give ${describeNode(range)}.`;
  const pointed = typed.replace(",", ".");
  if (typed.includes(",") && readDecimal(pointed) !== null)
    return { remedy: `Write decimals with a point, not a comma: ${pointed}, if that is meant. ${wanted}` };
  return { remedy: value === null && typed !== "" ? `This is not a number. ${wanted}` : wanted };
}

/** A number of any size; null for what is none. */
export const readDecimal = (text: string): number | null => parseDecimal(text.replaceAll("−", "-"));

/** Reads like `readNumber`, where an empty text stands for null. */
export function readOptionalNumber(text: string, range: NumberRange): Reading<number | null> {
  return text.trim() === "" ? { value: null } : readNumber(text, range);
}

/** Numbers apart by commas, semicolons or blanks. */
export function readNumbers(text: string, range: NumberListRange): Reading<readonly number[]> {
  const items = text.split(/[\s,;]+/).filter(Boolean);
  const readings = items.map((item) => readNumber(item, range.items));
  const values = readings.flatMap((reading) => ("value" in reading ? [reading.value] : []));
  const isWhole = values.length === items.length;
  if (isWhole && values.length >= range.minItems && values.length <= range.maxItems) return { value: values };
  return { remedy: `Give ${describeNode({ type: "array", ...range } as const)}.` };
}
