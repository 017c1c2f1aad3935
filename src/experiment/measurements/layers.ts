/** Curvature of every layer as it is kept. */
import { z } from "zod";
import type { LayerwiseCurvature } from "../curvature.ts";
import { curvatureReportSchema } from "../curvature-files.ts";
import { layersToCsv, layersToJson } from "../layers-files.ts";
import { count, type KeptMeasurement, mean, pairs, probeStatus } from "./kept-measurement.ts";

export const layers: KeptMeasurement<LayerwiseCurvature> = {
  schema: z.object({
    layers: z.array(
      z.object({
        ...pairs,
        name: z.string(),
        parameters: z.array(z.string()),
        dimension: count,
        trace: mean,
        frobeniusNorm: mean,
      }),
    ),
    tolerance: z.number(),
    status: probeStatus,
    report: curvatureReportSchema,
  }),
  toJson: layersToJson,
  arrays: ["eigenvalues", "residuals"],
  tables: { "layers.csv": ({ layers }) => layersToCsv(layers) },
};
