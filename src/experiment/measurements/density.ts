/** A spectral density as it is kept. */
import { z } from "zod";
import type { SpectralDensity } from "../curvature.ts";
import { curvatureReportSchema, densityToJson } from "../curvature-files.ts";
import { count, float64, type KeptMeasurement, probeStatus } from "./kept-measurement.ts";

export const density: KeptMeasurement<SpectralDensity> = {
  schema: z.object({
    runs: z.array(z.object({ nodes: float64, weights: float64 })),
    status: probeStatus,
    products: count,
    report: curvatureReportSchema,
  }),
  toJson: densityToJson,
  arrays: ["nodes", "weights"],
};
