/** A JSON document from outside. */
import { repeatedKey } from "./json-keys.ts";
import { SpecError } from "./spec-error.ts";

/** Throws SpecError for a text that isn't JSON or that gives a field twice. `subject` as in SpecError. */
export function readJson(subject: string, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpecError(subject, [
      { path: "", found: "", what: `It is not JSON: ${reason}.`, remedy: "Correct the text there." },
    ]);
  }
  const repeated = repeatedKey(text);
  if (repeated !== null)
    throw new SpecError(subject, [
      { path: repeated, found: "", what: `${repeated} is given twice.`, remedy: "Keep one of the two." },
    ]);
  return value;
}
