/** Measures of flatness as they are kept. */
import { z } from "zod";
import { parseSpec } from "../parse-spec.ts";
import { isAverage, type SharpnessResult, sharpnessKinds } from "../sharpness.ts";
import { sharpnessToCsv, sharpnessToJson } from "../sharpness-files.ts";
import { batchNormModes, surfaceSubsets } from "../surface.ts";
import { count, type KeptMeasurement, measuredNumber, probeStatus } from "./kept-measurement.ts";

const measure = { kind: z.enum(sharpnessKinds), radius: z.number() };

export const sharpnessSchema = z.object({
  loss: measuredNumber,
  figures: z.array(
    z
      .object({
        ...measure,
        value: measuredNumber,
        standardError: z.number().nullable(),
        done: count,
        status: probeStatus,
      })
      // Of an average's single draw the error is not a number, which files write as they write the none of a worst case.
      .transform((found) => ({
        ...found,
        standardError: isAverage(found.kind) ? (found.standardError ?? Number.NaN) : null,
      })),
  ),
  status: probeStatus,
  report: z.object({
    spec: z.unknown().transform((value) => parseSpec(value)),
    request: z.object({
      subset: z.enum(surfaceSubsets),
      batchNorm: z.enum(batchNormModes),
      measures: z.array(z.object({ ...measure, count })),
      seed: count,
    }),
    examples: count,
    microBatches: z.array(count),
    backend: z.string(),
    elapsedMs: z.number(),
  }),
});

export const sharpness: KeptMeasurement<SharpnessResult> = {
  schema: sharpnessSchema,
  toJson: sharpnessToJson,
  arrays: [],
  tables: { "sharpness.csv": ({ figures }) => sharpnessToCsv(figures) },
};
