/** `subsets`: spectra of mini-batches and resampled subsets against the full set's. */
import { z } from "zod";
import { resultFiles } from "../result-files.ts";
import { withHelp } from "../schema-options.ts";
import { measurementCommand } from "./measurement-command.ts";
import { matrixOptions, outOption, requestOf, solveOf, solverOptions } from "./shared-options.ts";

export const subsets = measurementCommand({
  name: "subsets",
  description: "top eigenvalues and eigenspaces of mini-batches and resampled subsets against the full set's",
  options: z.strictObject({
    ...matrixOptions,
    ...solverOptions(1e-3),
    out: outOption("subsets"),
    top: withHelp(z.int().min(1).default(5), "k", "eigenpairs of every sample"),
    sizes: withHelp(z.array(z.int().min(1)).default([]), "n", "sizes of mini-batches, drawn without replacement"),
    draws: withHelp(z.int().min(1).default(3), "n", "draws of every size"),
    resample: withHelp(z.int().min(1).optional(), "n", "also subsets of this size, drawn with replacement"),
  }),
  params: (options, at) => ({
    ...at,
    request: requestOf(options),
    ...solveOf(options),
    top: options.top,
    batchSizes: options.sizes,
    draws: options.draws,
    resampled: options.resample === undefined ? null : { size: options.resample, draws: options.draws },
  }),
  report(event, session) {
    if (event.kind !== "sample") return;
    const { kind, size, eigenvalues, overlap } = event.sample;
    const found = `largest ${eigenvalues[0]?.toPrecision(5)}, overlap ${overlap.toPrecision(3)}`;
    session.say(`${event.index + 1} of ${event.samples}: ${kind}, ${size} examples, ${found}`);
  },
  files: (result) => resultFiles("subsets", result),
  summary: ({ status, samples, report }, out) => ({
    status,
    out,
    samples: samples.map(({ kind, size, draw, eigenvalues, overlap }) => ({
      kind,
      size,
      draw,
      eigenvalues: [...eigenvalues],
      overlap,
    })),
    dimension: report.dimension,
    backend: report.backend,
    elapsedMs: report.elapsedMs,
  }),
});
