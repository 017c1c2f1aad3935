/** One key of a link: which fields of a section it stands for, and their text. */
import type { ValueKind } from "../../architectures/value-kind.ts";
import { parseDecimal } from "../surface-texts.ts";

export interface UrlField {
  readonly key: string;
  /** Dotted paths within the section's value. */
  readonly paths: readonly string[];
  /** Text of the values at `paths`. */
  readonly format: (values: readonly unknown[]) => string;
  /**
   * The values that the text stands for. A text that stands for none is handed on as it is, for the section's schema to
   * say what would do; or throws SpecError where no schema could.
   */
  readonly parse: (text: string) => readonly unknown[];
}

function single(key: string, path: string, parse: (text: string) => unknown): UrlField {
  return { key, paths: [path], format: ([value]) => String(value), parse: (text) => [parse(text)] };
}

const toNumber = (text: string) => parseDecimal(text) ?? text;

export function textField(key: string, path: string): UrlField {
  return single(key, path, (text) => text);
}

export function numberField(key: string, path: string): UrlField {
  return single(key, path, toNumber);
}

export function booleanField(key: string, path: string): UrlField {
  return single(key, path, (text) => (text === "true" ? true : text === "false" ? false : text));
}

/** A number, or a word that stands for its absence. */
export function optionalNumberField(key: string, path: string, absent: string): UrlField {
  return {
    key,
    paths: [path],
    format: ([value]) => (value === undefined ? absent : String(value)),
    parse: (text) => [text === absent ? undefined : toNumber(text)],
  };
}

/** A word, and one that stands for its absence. */
export function optionalTextField(key: string, path: string, absent: string): UrlField {
  return {
    key,
    paths: [path],
    format: ([value]) => (value === undefined ? absent : String(value)),
    parse: (text) => [text === absent ? undefined : text],
  };
}

/** Numbers joined by commas; an empty text is an empty list. */
export function numberListField(key: string, path: string): UrlField {
  return single(key, path, (text) => (text === "" ? [] : text.split(",").map(toNumber)));
}

/** A field by what it holds. */
export function fieldOfKind(key: string, path: string, value: ValueKind): UrlField {
  switch (value.kind) {
    case "number":
      return numberField(key, path);
    case "switch":
      return booleanField(key, path);
    case "list":
      return numberListField(key, path);
    case "choice":
      return typeof value.values[0] === "number" ? numberField(key, path) : textField(key, path);
  }
}
