/** A training checkpoint as a file of the browser's storage, and back. */
import { z } from "zod";
import type { Checkpoint } from "../checkpoint.ts";
import { metricsFromCsv, metricsToCsv } from "../metrics.ts";
import { parseSpec } from "../parse-spec.ts";
import type { ArrayFile } from "./array-file.ts";
import { takeArray } from "./take-array.ts";

const metaSchema = z.object({
  spec: z.unknown(),
  step: z.int().min(0),
  moments: z.int().min(0).max(2),
  epochs: z.string(),
});

export function checkpointToFile({ spec, step, weights, moments, epochs, batchLosses }: Checkpoint): ArrayFile {
  const momentArrays = moments.map((moment, index) => [`moments.${index}`, moment] as const);
  return {
    // As CSV, since JSON holds no infinite loss.
    meta: { spec, step, moments: moments.length, epochs: metricsToCsv(epochs) },
    arrays: { theta: weights.theta, state: weights.state, batchLosses, ...Object.fromEntries(momentArrays) },
  };
}

/** Throws an Error that says what is wrong. */
export function checkpointFromFile({ meta, arrays }: ArrayFile): Checkpoint {
  const { spec, step, moments, epochs } = metaSchema.parse(meta);
  const take = (name: string) => takeArray(arrays, name, Float32Array);
  return {
    spec: parseSpec(spec),
    step,
    weights: { theta: take("theta"), state: take("state") },
    moments: Array.from({ length: moments }, (_, index) => take(`moments.${index}`)),
    epochs: metricsFromCsv(epochs, "epochs"),
    batchLosses: take("batchLosses"),
  };
}
