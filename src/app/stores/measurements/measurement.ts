/** What the page has to know of a measurement that streams parts, but for how it is drawn. */
import type { z } from "zod";
import type { ResultName } from "../../../experiment/measurements/list.ts";
import type { Rule } from "../../../experiment/strict-parse.ts";
import type { UrlField } from "../../../experiment/url/url-field.ts";
import type { JobEvent, JobParams, JobResult } from "../../../jobs/jobs.ts";
import type { MatrixView } from "./matrix.ts";

/** A job's parameters but for what it is measured at and on. */
export type AtWeights<Params> = Omit<Params, "spec" | "weights" | "backend">;

/** What would be measured. */
export interface MeasuredSubject {
  /** How many the chosen set has. */
  readonly examples: number;
  /** Parameters of the block chosen; null until the model is known, or where the choice is none. */
  readonly dimension: number | null;
}

/** `Own`: its settings beside those of the matrix; they stand under its id in the page's settings. */
export interface StreamedMeasurement<Name extends ResultName, Part, Own> {
  /** Label of its button: "Measure the density". */
  readonly label: string;
  /** Name told to a screen reader: "Density complete." */
  readonly name: string;
  /** Its section of the panel, by which the command palette finds it: the title, and the labels of the fields that show. */
  readonly panel: { readonly title: string; labels(own: Own): readonly string[] };
  /** Ranges and defaults. What it gives for `undefined` is the default of all. */
  readonly schema: z.ZodType<Own>;
  /** Its keys in a link, by paths that begin with its id. */
  readonly fields: readonly UrlField[];
  /** Conditions on several of its settings at once, in fields of its own: `top`. */
  readonly rules?: readonly Rule<Own>[];
  /** `examples`: how many the chosen set has. */
  params(own: Own, matrix: MatrixView, examples: number): AtWeights<JobParams<Name>>;
  /** Why it cannot start with these settings; null where it can. */
  problem?(own: Own, subject: MeasuredSubject): string | null;
  /** Null for an event that brings none. */
  partOf(event: JobEvent<Name>): Part | null;
  /** The parts that a result consists of. */
  partsOf(result: JobResult<Name>): readonly Part[];
  /** Whether a result has parts that events have skipped: from its end on they are shown in the place of those that came. */
  readonly hasAllParts?: true;
}
