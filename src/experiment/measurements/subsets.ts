/** Spectra of subsets as they are kept. */
import { z } from "zod";
import type { SubsetExperiment } from "../curvature.ts";
import { curvatureReportSchema } from "../curvature-files.ts";
import { subsetsToCsv, subsetsToJson } from "../subsets-files.ts";
import { count, type KeptMeasurement, measuredNumber, pairs, probeStatus } from "./kept-measurement.ts";

export const subsets: KeptMeasurement<SubsetExperiment> = {
  schema: z.object({
    samples: z.array(
      z.object({
        ...pairs,
        kind: z.enum(["full", "mini-batch", "resampled"]),
        size: count,
        draw: count,
        overlap: measuredNumber,
      }),
    ),
    top: count,
    tolerance: z.number(),
    status: probeStatus,
    report: curvatureReportSchema,
  }),
  toJson: subsetsToJson,
  arrays: ["eigenvalues", "residuals"],
  tables: { "subsets.csv": subsetsToCsv },
};
