/** `density`: the spectral density of a checkpoint's curvature by stochastic Lanczos quadrature. */
import { z } from "zod";
import { resultFiles } from "../result-files.ts";
import { withHelp } from "../schema-options.ts";
import { measurementCommand } from "./measurement-command.ts";
import { matrixOptions, outOption, requestOf } from "./shared-options.ts";

export const density = measurementCommand({
  name: "density",
  description: "spectral density by stochastic Lanczos quadrature",
  options: z.strictObject({
    ...matrixOptions,
    out: outOption("density"),
    probes: withHelp(z.int().min(1).default(10), "n", "random start vectors"),
    steps: withHelp(z.int().min(1).default(90), "m", "Lanczos steps of each probe"),
  }),
  params: (options, at) => ({
    ...at,
    request: requestOf(options),
    probes: options.probes,
    steps: options.steps,
  }),
  report(event, session, { probes }) {
    if (event.kind === "probe") session.sayProgress(`${event.probe} of ${probes} probes`);
  },
  files: (result) => resultFiles("density", result),
  summary({ status, runs, products, report }, out) {
    const nodes = runs.flatMap((run) => [...run.nodes]);
    return {
      status,
      out,
      probes: runs.length,
      products,
      smallestNode: nodes.length > 0 ? Math.min(...nodes) : null,
      largestNode: nodes.length > 0 ? Math.max(...nodes) : null,
      examples: report.examples,
      dimension: report.dimension,
      backend: report.backend,
      elapsedMs: report.elapsedMs,
    };
  },
});
