/** A trace as it is kept. */
import { z } from "zod";
import { type TraceResult, traceMethods } from "../curvature.ts";
import { curvatureReportSchema } from "../curvature-files.ts";
import { count, type KeptMeasurement, mean, probeStatus } from "./kept-measurement.ts";

export const trace: KeptMeasurement<TraceResult> = {
  schema: z.object({
    method: z.enum(traceMethods),
    trace: mean,
    frobeniusNorm: mean.optional(),
    probes: count,
    products: count,
    status: probeStatus,
    report: curvatureReportSchema,
  }),
  toJson: (result) => `${JSON.stringify({ format: "basin-trace", version: 1, ...result }, null, 2)}\n`,
  arrays: [],
};
