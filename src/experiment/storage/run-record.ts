/** What is kept of a run besides its weights and surfaces: small enough to list them all. */
import { z } from "zod";
import { NewerVersionError } from "../experiment-error.ts";
import { type EpochMetrics, metricsFromCsv, metricsToCsv } from "../metrics.ts";
import { parseSpec } from "../parse-spec.ts";
import { colourSchema, noteSchema, type RunLabels, tagsSchema } from "../run-labels.ts";
import type { Spec } from "../spec.ts";

export const runStatuses = ["training", "paused", "complete", "cancelled", "non-finite"] as const;
export type RunStatus = (typeof runStatuses)[number];

export interface RunRecord extends RunLabels {
  readonly id: string;
  /** ISO 8601. */
  readonly created: string;
  readonly spec: Spec;
  readonly status: RunStatus;
  readonly epochs: readonly EpochMetrics[];
}

/** A run to be kept; labels that nobody has given yet may be absent. */
export type NewRun = Omit<RunRecord, keyof RunLabels> & Pick<RunLabels, "name"> & Partial<RunLabels>;

/** 1: no colour, note and tags. */
const version = 2;

const versionSchema = z.object({ version: z.int().min(1).default(1) });
const recordSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  colour: colourSchema.default(null),
  note: noteSchema.default(""),
  tags: tagsSchema.default([]),
  created: z.string(),
  spec: z.unknown(),
  status: z.enum(runStatuses),
  epochs: z.string(),
});

/** The record as plain JSON-like data that any later version can look into. */
export function encodeRecord({ colour = null, note = "", tags = [], ...record }: NewRun): Record<string, unknown> {
  return { ...record, version, colour, note, tags: [...tags], epochs: metricsToCsv(record.epochs) };
}

/** Throws an Error that says what is wrong; NewerVersionError for a record of a later version of Basin. */
export function decodeRecord(stored: unknown): RunRecord {
  checkVersion(stored);
  const { spec, epochs, ...rest } = recordSchema.parse(stored);
  return { ...rest, spec: parseSpec(spec), epochs: metricsFromCsv(epochs, "epochs") };
}

/** Throws NewerVersionError. */
export function checkVersion(stored: unknown): void {
  const found = versionSchema.safeParse(stored);
  if (!found.success || found.data.version <= version) return;
  throw new NewerVersionError({
    where: "A run's record",
    what: `It has format version ${found.data.version}, and this version of Basin reads up to ${version}.`,
    remedy: "Reload the page to get the newer one; until then its files are left as they are.",
  });
}
