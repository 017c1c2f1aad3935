/** A convexity map as it is kept: its documents have grids by rows, its values one list a grid. */
import { z } from "zod";
import { convexityToJson, convexityToNpz, withFlatGrids } from "../convexity-files.ts";
import type { PlaneConvexity } from "../curvature.ts";
import { curvatureReportSchema } from "../curvature-files.ts";
import { count, float64, type KeptMeasurement, probeStatus } from "./kept-measurement.ts";

export const convexity: KeptMeasurement<PlaneConvexity> = {
  schema: z
    .object({
      alpha: float64,
      beta: float64,
      largest: float64,
      smallest: float64,
      measured: z.instanceof(Uint8Array<ArrayBuffer>),
      tolerance: z.number(),
      unconverged: count,
      products: count,
      status: probeStatus,
      plane: z.object({
        x: z.string(),
        y: z.string().nullable(),
        normalization: z.string(),
        biases: z.string(),
        orthogonalize: z.boolean(),
      }),
      report: curvatureReportSchema,
    })
    .refine(
      ({ alpha, beta, ...grids }) =>
        [grids.largest, grids.smallest, grids.measured].every(({ length }) => length === alpha.length * beta.length),
      "its grids are not of as many points as its axes",
    ),
  toJson: (result) => convexityToJson(result, result.plane),
  arrays: ["alpha", "beta", "largest", "smallest"],
  fromDocument: withFlatGrids,
  tables: { "convexity.npz": convexityToNpz },
};
