/**
 * Settings in a link's query or fragment: readable `key=value` pairs, only where a value differs from its default, read
 * back strictly. The codec knows sections (a schema, its keys, its rules) and not what they mean; the page may add
 * sections of its own to those of `url-sections.ts`.
 */
import type { z } from "zod";
import { valueAt } from "../expectation.ts";
import { nearestName, SpecError, type SpecProblem, showValue } from "../spec-error.ts";
import { type Rule, strictParse } from "../strict-parse.ts";
import type { UrlField } from "./url-field.ts";

export interface UrlSection<T> {
  readonly schema: z.ZodType<T>;
  readonly rules: readonly Rule<T>[];
  readonly fields: readonly UrlField[];
  /** Where reading starts: what a link that names nothing stands for, as far as the schema's defaults don't say it. */
  readonly start: Readonly<Record<string, unknown>>;
  /** Keys whose value decides the defaults of others, as the model's name does. */
  readonly choices: readonly string[];
}

/** The values of sections by their names. */
type Sections<T> = { readonly [Name in keyof T]: UrlSection<T[Name]> };

const subject = "The link";

/** The pairs of one section, joined by `&`; "" where all is default. */
export function encodeSection<T>(section: UrlSection<T>, value: T): string {
  const root = strictParse(section.schema, section.start, section.rules).value;
  const chosen = section.fields.filter(({ key }) => section.choices.includes(key));
  const withChoices = chosen.reduce(
    (start, { paths }) => paths.reduce((inner, path) => withValue(inner, path, readPath(value, path)), start),
    section.start,
  );
  const branch = strictParse(section.schema, withChoices, section.rules).value;
  return section.fields
    .flatMap(({ key, paths, format }) => {
      const textIn = (source: unknown) => format(paths.map((path) => readPath(source, path)));
      if (paths.every((path) => readPath(value, path) === undefined && readPath(branch, path) === undefined)) return [];
      const text = textIn(value);
      return text === textIn(chosen.some((choice) => choice.key === key) ? root : branch)
        ? []
        : [`${key}=${toUrlText(text)}`];
    })
    .join("&");
}

/**
 * The sections' values from `query` (a leading ? or # is dropped). Every key must belong to one of them.
 * Throws SpecError that lists all that is wrong, by the link's keys.
 */
export function decodeSections<T extends object>(query: string, sections: Sections<T>): T {
  const names = Object.keys(sections) as (keyof T)[];
  const known = names.flatMap((name) => sections[name].fields.map(({ key }) => key));
  const { texts, problems } = readPairs(query.replace(/^[?#]/, ""), known);
  const values: Partial<T> = {};
  for (const name of names) {
    const result = decodeSection(sections[name], texts);
    problems.push(...result.problems);
    if (result.value !== null) values[name] = result.value;
  }
  if (problems.length > 0) throw new SpecError(subject, problems);
  return values as T;
}

function readPairs(query: string, known: readonly string[]) {
  const texts = new Map<string, string>();
  const problems = query.split("&").flatMap(brokenEscape);
  if (problems.length > 0) return { texts, problems };
  for (const [key, text] of new URLSearchParams(query)) {
    const found = showValue(text);
    if (!known.includes(key)) {
      const nearest = nearestName(key, known);
      const remedy = nearest ? `Did you mean ${nearest}?` : `The keys are ${known.join(", ")}.`;
      problems.push({ path: key, found, what: `${key} is not a known key.`, remedy });
    } else if (texts.has(key)) {
      problems.push({ path: key, found, what: `${key} is given twice.`, remedy: "Keep one of the two." });
    }
    texts.set(key, text);
  }
  return { texts, problems };
}

/** What is wrong with a pair whose percent signs encode no text, which a browser would read as something else. */
function brokenEscape(pair: string): SpecProblem[] {
  try {
    decodeURIComponent(pair);
    return [];
  } catch {
    const [key, ...rest] = pair.split("=");
    const found = showValue(rest.join("="));
    const what = `The percent signs of ${showValue(pair)} encode no text.`;
    return [
      { path: key, found, what, remedy: "Copy the link again as a whole; a percent sign itself is written %25." },
    ];
  }
}

function decodeSection<T>(section: UrlSection<T>, texts: ReadonlyMap<string, string>) {
  let input: unknown = section.start;
  const malformed: SpecProblem[] = [];
  for (const { key, paths, parse } of section.fields) {
    const text = texts.get(key);
    if (text === undefined) continue;
    try {
      const values = parse(text);
      input = paths.reduce((inner, path, index) => withValue(inner, path, values[index]), input);
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      malformed.push(...error.problems);
    }
  }
  const result = strictParse(section.schema, input, section.rules);
  return {
    value: result.value,
    problems: [...malformed, ...result.problems.map((problem) => inKeys(problem, section.fields))],
  };
}

/** The problem in the link's own words: `train` for `data.train.count`. */
function inKeys(problem: SpecProblem, fields: readonly UrlField[]): SpecProblem {
  const names = fields.flatMap(({ key, paths }) =>
    paths.map((path) => ({ key, pattern: new RegExp(`(?<![\\w.])${path.replaceAll(".", "\\.")}\\b`, "g") })),
  );
  const reword = (text: string) => names.reduce((words, { key, pattern }) => words.replace(pattern, key), text);
  const { path, found, what, remedy } = problem;
  return { path: reword(path), found, what: reword(what), remedy: reword(remedy) };
}

const readPath = (value: unknown, path: string) => valueAt(value, path.split("."));

/** A copy of a nested object with the value at a path set, or taken away where it is undefined. */
function withValue(target: unknown, path: string, value: unknown): Record<string, unknown> {
  const [step, ...rest] = path.split(".");
  const { [step]: inner, ...others } = (target ?? {}) as Record<string, unknown>;
  if (rest.length > 0) return { ...others, [step]: withValue(inner, rest.join("."), value) };
  return value === undefined ? others : { ...others, [step]: value };
}

/** Text encoded like encodeURIComponent, but colons and commas stay: both are legal in a query and a fragment. */
function toUrlText(text: string): string {
  return encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%2C", ",");
}
