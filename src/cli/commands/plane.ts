/** `plane`: the loss surface in the plane through three models, with their marks, as files. */
import type { PathBatchNorm } from "../../experiment/comparison.ts";
import type { SurfaceSubset } from "../../experiment/surface.ts";
import { surfaceToJson, surfaceToNpz } from "../../experiment/surface-files.ts";
import { findMinimum } from "../../experiment/surface-minimum.ts";
import { parseGrid } from "../../experiment/surface-texts.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import { CliError, exitCodes } from "../cli-error.ts";
import { checkOneShape, readModels, splitPaths } from "../compared-models.ts";
import { measureSurface } from "../measure-surface.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";

export interface PlaneOptions {
  readonly through: readonly string[];
  readonly spec?: string;
  readonly out: string;
  readonly grid: string;
  readonly margin: number;
  readonly subset: SurfaceSubset;
  readonly batchNorm: PathBatchNorm;
  readonly backend: BackendChoice;
}

/** Resolves with the exit code. */
export async function plane(options: PlaneOptions, session: Session): Promise<number> {
  const { out, margin, subset, batchNorm, backend } = options;
  const grid = parseGrid(options.grid, "--grid");
  const paths = splitPaths(options.through);
  if (paths.length !== 3)
    throw new CliError(`--through names ${paths.length} checkpoints, and a plane goes through three.`);
  const compared = await readModels(paths, options.spec);
  checkOneShape(compared);
  const [first, second, third] = compared;
  const { spec, weights } = first;
  await session.announceBackend(backend);
  const params = { spec, models: [first, second, third], ...grid, margin, subset, batchNorm, backend } as const;
  const { request, marks } = await session.follow("plane", params);
  const result = await measureSurface({ spec, weights, request, backend }, session);
  await writeTogether(out, {
    "surface.json": surfaceToJson(result, { grids: {}, documents: { marks } }),
    "surface.npz": surfaceToNpz(result),
  });
  const { status, evaluations, examples, elapsedMs } = result.report;
  const { columns, rows } = result.values;
  const minimum = findMinimum(result.values);
  session.print({ status, out, columns, rows, evaluations, examples, marks, minimum, elapsedMs });
  return status === "complete" ? 0 : exitCodes.interrupted;
}
