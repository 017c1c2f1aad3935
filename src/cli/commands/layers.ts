/** `layers`: curvature of every layer's diagonal block, as files. */
import { layersToCsv, layersToJson } from "../../experiment/layers-files.ts";
import { readCheckpoint } from "../inputs.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";
import { exitCodeOfProbes, requestOf, type SolveOptions, solveOf } from "./curvature-options.ts";

export interface LayersOptions extends SolveOptions {
  readonly out: string;
  readonly top: number;
  readonly probes: number;
}

/** Resolves with the exit code. */
export async function layers(options: LayersOptions, session: Session): Promise<number> {
  const { spec, weights } = await readCheckpoint(options.checkpoint, options.spec);
  await session.announceBackend(options.backend);
  const { top, probes, backend, out } = options;
  const params = { spec, weights, request: requestOf(options), backend, ...solveOf(options), top, probes };
  const result = await session.follow("layers", params, (event) => {
    if (event.kind !== "layer") return;
    const { name, dimension, eigenvalues } = event.layer;
    const largest = eigenvalues[0]?.toPrecision(5);
    session.say(`${event.index + 1} of ${event.layers}: ${name}, ${dimension} parameters, largest ${largest}`);
  });
  await writeTogether(out, { "layers.json": layersToJson(result), "layers.csv": layersToCsv(result.layers) });
  session.print({
    status: result.status,
    out,
    layers: result.layers.map(({ name, dimension, eigenvalues, trace, frobeniusNorm, status }) => ({
      name,
      dimension,
      largest: eigenvalues[0],
      trace: trace.mean,
      frobeniusNorm: frobeniusNorm.mean,
      status,
    })),
    examples: result.report.examples,
    backend: result.report.backend,
    elapsedMs: result.report.elapsedMs,
  });
  return exitCodeOfProbes(result.status);
}
