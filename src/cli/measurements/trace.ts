/** `trace`: the trace of a checkpoint's curvature, estimated with its standard error. */
import { z } from "zod";
import { traceMethods } from "../../experiment/curvature.ts";
import { resultFiles } from "../result-files.ts";
import { withHelp } from "../schema-options.ts";
import { measurementCommand } from "./measurement-command.ts";
import { matrixOptions, optionalOut, requestOf } from "./shared-options.ts";

export const trace = measurementCommand({
  name: "trace",
  description: "the trace, estimated with its standard error",
  options: z.strictObject({
    ...matrixOptions,
    out: optionalOut("trace"),
    method: withHelp(z.enum(traceMethods).default("hutchinson"), "name", "the estimator"),
    probes: withHelp(z.int().min(2).default(100), "n", "products to spend"),
  }),
  params: (options, at) => ({
    ...at,
    request: requestOf(options),
    method: options.method,
    probes: options.probes,
  }),
  report(event, session, { probes }) {
    if (event.kind === "probe") session.sayProgress(`${event.probe} of ${probes} products`);
  },
  files: (result) => resultFiles("trace", result),
  summary({ report, ...result }) {
    const { examples, dimension, backend, elapsedMs } = report;
    return { ...result, examples, dimension, backend, elapsedMs };
  },
});
