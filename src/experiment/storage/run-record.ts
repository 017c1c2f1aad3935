/** What is kept of a run besides its weights and surfaces: small enough to list them all. */
import { z } from "zod";
import { type EpochMetrics, metricsFromCsv, metricsToCsv } from "../metrics.ts";
import { parseSpec } from "../parse-spec.ts";
import type { Spec } from "../spec.ts";

export const runStatuses = ["training", "paused", "complete", "cancelled", "non-finite"] as const;
export type RunStatus = (typeof runStatuses)[number];

export interface RunRecord {
  readonly id: string;
  readonly name: string;
  /** ISO 8601. */
  readonly created: string;
  readonly spec: Spec;
  readonly status: RunStatus;
  readonly epochs: readonly EpochMetrics[];
}

const recordSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  created: z.string(),
  spec: z.unknown(),
  status: z.enum(runStatuses),
  epochs: z.string(),
});

/** As plain JSON-like data that any later version can look into. */
export function encodeRecord(record: RunRecord): z.infer<typeof recordSchema> {
  return { ...record, epochs: metricsToCsv(record.epochs) };
}

/** Throws an Error that says what is wrong. */
export function decodeRecord(stored: unknown): RunRecord {
  const { spec, epochs, ...rest } = recordSchema.parse(stored);
  return { ...rest, spec: parseSpec(spec), epochs: metricsFromCsv(epochs, "epochs") };
}
