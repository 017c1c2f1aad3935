/** `trace`: the trace of a checkpoint's curvature, estimated with its standard error. */
import type { TraceMethod } from "../../experiment/curvature.ts";
import { readCheckpoint } from "../inputs.ts";
import type { Session } from "../session.ts";
import { type CurvatureOptions, exitCodeOfProbes, requestOf } from "./curvature-options.ts";

export interface TraceOptions extends CurvatureOptions {
  readonly method: TraceMethod;
  readonly probes: number;
}

/** Resolves with the exit code. */
export async function trace(options: TraceOptions, session: Session): Promise<number> {
  const { spec, weights } = await readCheckpoint(options.checkpoint, options.spec);
  await session.announceBackend(options.backend);
  const { method, probes, backend } = options;
  const request = requestOf(options);
  const { report, ...result } = await session.follow(
    "trace",
    { spec, weights, request, backend, method, probes },
    (event) => {
      if (event.kind === "probe") session.sayProgress(`${event.probe} of ${probes} products`);
    },
  );
  const { examples, dimension, elapsedMs } = report;
  session.print({ ...result, examples, dimension, backend: report.backend, elapsedMs });
  return exitCodeOfProbes(result.status);
}
