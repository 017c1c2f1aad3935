/** `spectrum`: eigenpairs of a checkpoint's curvature. */
import { z } from "zod";
import { resultFiles } from "../result-files.ts";
import { withHelp } from "../schema-options.ts";
import { reportSolve } from "../solve-progress.ts";
import { measurementCommand } from "./measurement-command.ts";
import { matrixOptions, outOption, requestOf, solveOf, solverOptions } from "./shared-options.ts";

export const spectrum = measurementCommand({
  name: "spectrum",
  description: "eigenpairs of the Hessian or another curvature matrix, from either end",
  options: z.strictObject({
    ...matrixOptions,
    ...solverOptions(1e-3),
    out: outOption("spectrum"),
    top: withHelp(z.int().min(0).default(10), "k", "pairs from the largest end"),
    bottom: withHelp(z.int().min(0).default(0), "k", "pairs from the smallest end"),
  }),
  params: (options, at) => ({
    ...at,
    request: requestOf(options),
    ...solveOf(options),
    top: options.top,
    bottom: options.bottom,
  }),
  report: reportSolve,
  files: (result) => resultFiles("spectrum", result),
  summary: ({ status, products, eigenvalues, residuals, report }, out) => ({
    status,
    out,
    eigenvalues: [...eigenvalues],
    residuals: [...residuals],
    products,
    examples: report.examples,
    dimension: report.dimension,
    backend: report.backend,
    elapsedMs: report.elapsedMs,
  }),
});
