/** `layers`: curvature of every layer's diagonal block. */
import { z } from "zod";
import { resultFiles } from "../result-files.ts";
import { withHelp } from "../schema-options.ts";
import { measurementCommand } from "./measurement-command.ts";
import { matrixOptions, outOption, requestOf, solveOf, solverOptions } from "./shared-options.ts";

export const layers = measurementCommand({
  name: "layers",
  description: "eigenvalues, trace and norm of every layer's diagonal block",
  options: z.strictObject({
    ...matrixOptions,
    ...solverOptions(1e-3),
    out: outOption("layers"),
    top: withHelp(z.int().min(1).default(5), "k", "eigenvalues of every layer"),
    probes: withHelp(z.int().min(1).default(20), "n", "random vectors for every layer's trace and norm"),
  }),
  params: (options, at) => ({
    ...at,
    request: requestOf(options),
    ...solveOf(options),
    top: options.top,
    probes: options.probes,
  }),
  report(event, session) {
    if (event.kind !== "layer") return;
    const { name, dimension, eigenvalues } = event.layer;
    const largest = eigenvalues[0]?.toPrecision(5);
    session.say(`${event.index + 1} of ${event.layers}: ${name}, ${dimension} parameters, largest ${largest}`);
  },
  files: (result) => resultFiles("layers", result),
  summary: ({ status, layers: measured, report }, out) => ({
    status,
    out,
    layers: measured.map(({ name, dimension, eigenvalues, trace, frobeniusNorm, status: solved }) => ({
      name,
      dimension,
      largest: eigenvalues[0],
      trace: trace.mean,
      frobeniusNorm: frobeniusNorm.mean,
      status: solved,
    })),
    examples: report.examples,
    backend: report.backend,
    elapsedMs: report.elapsedMs,
  }),
});
