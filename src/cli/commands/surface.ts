/** `surface`: a surface or a line around a checkpoint, as files. */
import { frameOf } from "../../comparison/plane-through.ts";
import type { QuadraticModel } from "../../experiment/curvature.ts";
import { modelAdditions } from "../../experiment/quadratic-model.ts";
import type { SurfaceRequest } from "../../experiment/surface.ts";
import { surfaceToJson, surfaceToNpz } from "../../experiment/surface-files.ts";
import { findMinimum } from "../../experiment/surface-minimum.ts";
import type { ProjectedPath } from "../../experiment/trajectory.ts";
import { pathToCsv } from "../../experiment/trajectory-files.ts";
import type { JobParams } from "../../jobs/jobs.ts";
import { CliError, exitCodes } from "../cli-error.ts";
import { measureSurface } from "../measure-surface.ts";
import { type PlaneOptions, parsePlane, readCentre, readPlane } from "../plane.ts";
import { projectRun, readRecordedRun, summarizePath } from "../recorded-run.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";

export interface SurfaceOptions extends PlaneOptions {
  readonly quadratic: boolean;
  /** Projects the run's recorded path onto the plane. */
  readonly path?: boolean;
}

/** `--range` of a grid that holds the path, and this fraction of what it spans on either side. */
const pathRange = { word: "path", margin: 0.1 };

/** Resolves with the exit code. */
export async function surface(options: SurfaceOptions, session: Session): Promise<number> {
  const isFitted = options.range === pathRange.word;
  const named = parsePlane(isFitted ? { ...options, range: "-1:1" } : options);
  if ((isFitted || options.path) && options.run === undefined)
    throw new CliError("A path is that of a run: name its folder with --run.");
  const checkpoint = await readCentre(options);
  const { spec, weights } = checkpoint;
  await session.announceBackend(options.backend);
  const { backend: choice } = options;
  const plane = await readPlane(named, checkpoint, options, session);
  const path = (isFitted || options.path) && (await measurePath({ spec, weights, request: plane }, options, session));
  const request = isFitted && path ? fitGrid(plane, path) : plane;
  // First, so that a plane without an exact model is refused before it is measured.
  const model = options.quadratic ? await findModel({ spec, weights, plane: request, backend: choice }, session) : null;
  const result = await measureSurface({ spec, weights, request, backend: choice }, session);
  await writeTogether(options.out, {
    "surface.json": surfaceToJson(result, model ? modelAdditions(model, result.values) : undefined),
    "surface.npz": surfaceToNpz(result),
    ...(path && { "path.csv": pathToCsv(path) }),
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
    ...(path && { path: summarizePath(path) }),
    backend,
    elapsedMs,
  });
  return status === "complete" ? 0 : exitCodes.interrupted;
}

/** Rejects with AbortError when it is interrupted: there is nothing to keep yet. */
async function findModel(params: JobParams<"quadraticModel">, session: Session): Promise<QuadraticModel> {
  return session.follow("quadraticModel", params);
}

async function measurePath(
  surface: Pick<JobParams<"surface">, "spec" | "weights" | "request">,
  { run = "", backend }: SurfaceOptions,
  session: Session,
): Promise<ProjectedPath> {
  const { points } = await readRecordedRun(run);
  return projectRun({ ...surface, points, backend }, session);
}

/** The plane with a grid around the path and the centre. */
function fitGrid(plane: SurfaceRequest, { alpha, beta }: ProjectedPath): SurfaceRequest {
  const places = [{ alpha: 0, beta: 0 }, ...Array.from(alpha, (value, k) => ({ alpha: value, beta: beta[k] }))];
  const frame = frameOf(places, pathRange.margin);
  return { ...plane, alpha: { ...plane.alpha, ...frame.alpha }, beta: { ...plane.beta, ...frame.beta } };
}
