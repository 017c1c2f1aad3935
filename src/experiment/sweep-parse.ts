/** The one door for sweeps from outside: a file, storage, a form. */
import { modelSchema } from "../architectures/specs.ts";
import { valueAt } from "./expectation.ts";
import { readJson } from "./read-json.ts";
import { SpecError, type SpecProblem, showValue } from "./spec-error.ts";
import { specRules } from "./spec-rules.ts";
import { strictParse } from "./strict-parse.ts";
import { type Sweep, sweepSchema, sweepSchemaFor } from "./sweep.ts";
import { sweepRules } from "./sweep-rules.ts";
import { fieldOf, type SweepRun, sweepRuns } from "./sweep-runs.ts";

const subject = "The sweep";

/** The sweep with every default filled in; each of its runs is a valid specification. Throws SpecError with all that is wrong. */
export function parseSweep(value: unknown): Sweep {
  const model = modelSchema.safeParse(valueAt(value, ["base", "model"]));
  const result = strictParse(model.success ? sweepSchemaFor(model.data) : sweepSchema, value, sweepRules);
  if (result.value === null) throw new SpecError(subject, result.problems);
  const problems = sweepRuns(result.value).flatMap(problemsOf);
  const first = new Map(problems.map((problem) => [`${problem.what} ${problem.remedy}`, problem]));
  if (first.size > 0) throw new SpecError(subject, [...first.values()]);
  return result.value;
}

/** Parses a sweep's JSON text. Throws SpecError, also for a text that isn't JSON or that gives a field twice. */
export const parseSweepJson = (text: string): Sweep => parseSweep(readJson(subject, text));

/** What a run's specification breaks, blamed on the axis that changes the field, else on the base. */
function problemsOf({ spec, changes }: SweepRun): SpecProblem[] {
  return specRules.flatMap(({ fields, check }) => {
    const remedy = check(spec);
    if (remedy === null) return [];
    const change = changes.find(({ axis }) => fieldOf(axis) === fields[0]);
    const path = change ? `axes.${change.axis}[${change.position}]` : `base.${fields[0]}`;
    const found = showValue(valueAt(spec, fields[0].split(".")));
    return [{ path, found, what: `${path} is ${found}.`, remedy }];
  });
}
