/** Eigenpairs as they are kept. The vectors are a file of their own, of safetensors. */
import { z } from "zod";
import type { Spectrum } from "../curvature.ts";
import { curvatureReportSchema, spectrumToJson } from "../curvature-files.ts";
import { isWholeHistory } from "../solve-history.ts";
import { count, float64, type KeptMeasurement, pairs } from "./kept-measurement.ts";

const history = z
  .object({
    products: float64,
    converged: float64,
    elapsedMs: float64,
    pairs: float64,
    ritzValues: float64,
    residuals: float64,
  })
  .refine(isWholeHistory, "the arrays of its history differ in length");

export const spectrum: KeptMeasurement<Spectrum> = {
  schema: z
    .object({
      ...pairs,
      top: count,
      vectors: z.array(z.instanceof(Float32Array<ArrayBuffer>)),
      tolerance: z.number(),
      history: history.optional(),
      report: curvatureReportSchema,
    })
    .refine(
      ({ eigenvalues, residuals, vectors, top }) =>
        eigenvalues.length === residuals.length && eigenvalues.length === vectors.length && top <= vectors.length,
      "eigenvalues, residuals and vectors differ in number",
    ),
  toJson: spectrumToJson,
  vectors: { file: "eigenvectors.safetensors", of: ({ vectors }) => vectors },
  arrays: ["eigenvalues", "residuals", "products", "converged", "elapsedMs", "pairs", "ritzValues"],
};
