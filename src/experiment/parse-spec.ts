/** The one door for specifications from outside: a file, a link, storage, a form. */
import { readJson } from "./read-json.ts";
import { type Spec, specSchema } from "./spec.ts";
import { SpecError } from "./spec-error.ts";
import { type AvailableData, dataRules, specRules } from "./spec-rules.ts";
import { type Rule, strictParse } from "./strict-parse.ts";

const subject = "The specification";

/** The specification with every default filled in. Throws SpecError that lists all that is wrong. */
export function parseSpec(value: unknown): Spec {
  return parseUnder(value, specRules);
}

/**
 * Parses a specification and holds it against the data there are: subsets and batches no larger than those. Throws
 * SpecError.
 */
export function parseSpecForData(value: unknown, available: AvailableData): Spec {
  return parseUnder(value, [...specRules, ...dataRules(available)]);
}

/**
 * Parses a specification's JSON text. Throws SpecError, also for a text that isn't JSON or that gives a field twice.
 */
export function parseSpecJson(text: string): Spec {
  return parseSpec(readJson(subject, text));
}

function parseUnder(value: unknown, rules: readonly Rule<Spec>[]): Spec {
  const result = strictParse(specSchema, value, rules);
  if (result.value === null) throw new SpecError(subject, result.problems);
  return result.value;
}
