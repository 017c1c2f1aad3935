/** `density`: the spectral density of a checkpoint's curvature by stochastic Lanczos quadrature. */
import { densityToJson } from "../../experiment/curvature-files.ts";
import { readCheckpoint } from "../inputs.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";
import { type CurvatureOptions, exitCodeOfProbes, requestOf } from "./curvature-options.ts";

export interface DensityOptions extends CurvatureOptions {
  readonly out: string;
  readonly probes: number;
  readonly steps: number;
}

/** Resolves with the exit code. */
export async function density(options: DensityOptions, session: Session): Promise<number> {
  const { spec, weights } = await readCheckpoint(options.checkpoint, options.spec);
  await session.announceBackend(options.backend);
  const { probes, steps, backend, out } = options;
  const result = await session.follow(
    "density",
    {
      spec,
      weights,
      request: requestOf(options),
      backend,
      probes,
      steps,
    },
    (event) => {
      if (event.kind === "probe") session.sayProgress(`${event.probe} of ${probes} probes`);
    },
  );
  await writeTogether(out, { "density.json": densityToJson(result) });
  const nodes = result.runs.flatMap((run) => [...run.nodes]);
  session.print({
    status: result.status,
    out,
    probes: result.runs.length,
    products: result.products,
    smallestNode: nodes.length > 0 ? Math.min(...nodes) : null,
    largestNode: nodes.length > 0 ? Math.max(...nodes) : null,
    examples: result.report.examples,
    dimension: result.report.dimension,
    backend: result.report.backend,
    elapsedMs: result.report.elapsedMs,
  });
  return exitCodeOfProbes(result.status);
}
