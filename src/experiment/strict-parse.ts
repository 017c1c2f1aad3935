/**
 * Checks outside input against a zod schema and against rules that join fields, and finds all that is wrong at once.
 * Rules are checked even where some fields are bad: on the input without those fields, and only where a rule reads none
 * of them, so that nothing is reported twice and nothing is blamed on a default.
 */
import { z } from "zod";
import { describeNode, formatPath, isRecord, nodeAt, type Path, type SchemaNode, valueAt } from "./expectation.ts";
import { nearestName, type SpecProblem, showValue } from "./spec-error.ts";

/** A condition on several fields. Paths are dotted: `training.batchSize`. */
export interface Rule<T> {
  /** Every field that the rule reads. The first is the one to blame. */
  readonly fields: readonly [string, ...string[]];
  /** What would do, as a full sentence, or null where the rule holds. */
  readonly check: (value: T) => string | null;
}

export type StrictResult<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly value: null; readonly problems: readonly SpecProblem[] };

/** The value with its defaults filled in, or every problem there is. Never throws. */
export function strictParse<T>(schema: z.ZodType<T>, input: unknown, rules: readonly Rule<T>[]): StrictResult<T> {
  const result = schema.safeParse(input);
  if (result.success) {
    const problems = applyRules(rules, result.data, input, []);
    return problems.length === 0 ? { value: result.data, problems: [] } : { value: null, problems };
  }
  const jsonSchema: SchemaNode = z.toJSONSchema(schema, { io: "input" });
  const faults = result.error.issues.flatMap(toFaults);
  const problems = faults.map((fault) => explain(fault, input, jsonSchema));
  const rest = schema.safeParse(faults.reduce((value, { path }) => without(value, path), input));
  if (rest.success)
    problems.push(
      ...applyRules(
        rules,
        rest.data,
        input,
        faults.map(({ path }) => formatPath(path)),
      ),
    );
  return { value: null, problems };
}

interface Fault {
  readonly path: Path;
  readonly unknownField: boolean;
}

function toFaults(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path, unknownField: false }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], unknownField: true }));
}

function explain({ path, unknownField }: Fault, input: unknown, jsonSchema: SchemaNode): SpecProblem {
  const name = formatPath(path);
  const value = valueAt(input, path);
  if (unknownField) return explainUnknown(path, input, jsonSchema);
  const node = nodeAt(jsonSchema, path, input);
  const found = value === undefined ? "" : showValue(value);
  const label = name === "" ? "The whole" : name;
  return {
    path: name,
    found,
    what: value === undefined ? `${label} is missing.` : `${label} is ${found}.`,
    remedy: node ? `Give ${describeNode(node)}${describeDefault(node)}.` : "Leave it out.",
  };
}

function describeDefault(node: SchemaNode): string {
  const value = node.default;
  return value === undefined || isRecord(value) ? "" : `, or leave it out for ${showValue(value)}`;
}

function explainUnknown(path: Path, input: unknown, jsonSchema: SchemaNode): SpecProblem {
  const key = String(path.at(-1));
  const node = nodeAt(jsonSchema, path.slice(0, -1), input);
  const known = Object.keys(node?.properties ?? {});
  const nearest = nearestName(key, known);
  // A former form says which one has what it lacks.
  const successor = node?.deprecated ? node.description : undefined;
  return {
    path: formatPath(path),
    found: showValue(valueAt(input, path)),
    what: `${formatPath(path)} is not a known field.`,
    remedy: successor ?? (nearest ? `Did you mean ${nearest}?` : `The fields there are ${known.join(", ")}.`),
  };
}

function applyRules<T>(
  rules: readonly Rule<T>[],
  value: T,
  input: unknown,
  badPaths: readonly string[],
): SpecProblem[] {
  const isBad = (field: string) =>
    badPaths.some((bad) => bad === field || bad.startsWith(`${field}[`) || field.startsWith(`${bad}.`));
  return rules.flatMap(({ fields, check }) => {
    if (fields.some(isBad)) return [];
    const remedy = check(value);
    if (remedy === null) return [];
    const steps = fields[0].split(".");
    const found = showValue(valueAt(value, steps));
    const note = valueAt(input, steps) === undefined ? " by default" : "";
    return [{ path: fields[0], found, what: `${fields[0]} is ${found}${note}.`, remedy }];
  });
}

/** A copy of the value without one field; a bad entry takes its whole list with it. */
function without(value: unknown, path: Path): unknown {
  const listDepth = path.findIndex((step) => typeof step === "number");
  const [step, ...rest] = listDepth === -1 ? path : path.slice(0, listDepth);
  if (!isRecord(value) || step === undefined) return value;
  const { [step]: inner, ...others } = value;
  if (inner === undefined || rest.length === 0) return others;
  return { ...others, [step]: without(inner, rest) };
}
