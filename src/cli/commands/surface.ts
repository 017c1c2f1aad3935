/** `surface`: a surface or a line around a checkpoint, as files. */
import type { QuadraticModel } from "../../experiment/curvature.ts";
import { modelAdditions } from "../../experiment/quadratic-model.ts";
import { surfaceToJson, surfaceToNpz } from "../../experiment/surface-files.ts";
import { findMinimum } from "../../experiment/surface-minimum.ts";
import type { JobParams } from "../../jobs/jobs.ts";
import { exitCodes } from "../cli-error.ts";
import { readCheckpoint } from "../inputs.ts";
import { type PlaneOptions, parsePlane, readPlane } from "../plane.ts";
import type { Session } from "../session.ts";
import { reportSurface } from "../surface-progress.ts";
import { writeTogether } from "../write-files.ts";

export interface SurfaceOptions extends PlaneOptions {
  readonly quadratic: boolean;
}

/** Resolves with the exit code. */
export async function surface(options: SurfaceOptions, session: Session): Promise<number> {
  const named = parsePlane(options);
  const checkpoint = await readCheckpoint(options.checkpoint, options.spec);
  const { spec, weights } = checkpoint;
  await session.announceBackend(options.backend);
  const request = await readPlane(named, checkpoint, options, session);
  const { backend: choice } = options;
  // First, so that a plane without an exact model is refused before it is measured.
  const model = options.quadratic ? await findModel({ spec, weights, plane: request, backend: choice }, session) : null;
  const handle = session.runner.start("surface", { spec, weights, request, backend: choice });
  const stopListening = session.onInterrupt(() => handle.cancel());
  for await (const event of handle.events) reportSurface(event, session);
  const result = await handle.result.finally(stopListening);
  await writeTogether(options.out, {
    "surface.json": surfaceToJson(result, model ? modelAdditions(model, result.values) : undefined),
    "surface.npz": surfaceToNpz(result),
  });
  const { status, evaluations, examples, cosine, directionNorms, backend, elapsedMs } = result.report;
  session.print({
    status,
    out: options.out,
    columns: result.values.columns,
    rows: result.values.rows,
    evaluations,
    examples,
    cosine,
    directionNorms,
    minimum: findMinimum(result.values),
    ...(model && { quadraticModel: model }),
    backend,
    elapsedMs,
  });
  return status === "complete" ? 0 : exitCodes.interrupted;
}

/** Rejects with AbortError when it is interrupted: there is nothing to keep yet. */
async function findModel(params: JobParams<"quadraticModel">, session: Session): Promise<QuadraticModel> {
  const handle = session.runner.start("quadraticModel", params);
  const stopListening = session.onInterrupt(() => handle.cancel());
  return handle.result.finally(stopListening);
}
