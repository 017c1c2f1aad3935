/** `trajectory`: the principal plane of a run's recorded path, and the path in it, as files. */
import { writeSafetensors } from "../../experiment/safetensors/write-safetensors.ts";
import type { SurfaceRequest } from "../../experiment/surface.ts";
import { pathToCsv, trajectoryToJson, trajectoryToNpz } from "../../experiment/trajectory-files.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import { tensorNames } from "../../jobs/exchange-run.ts";
import { findPrincipal, projectRun, readRecordedRun, summarizePath } from "../recorded-run.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";

export interface TrajectoryOptions {
  readonly out: string;
  readonly subset: SurfaceRequest["subset"];
  readonly batchNorm: SurfaceRequest["batchNorm"];
  readonly backend: BackendChoice;
}

/** A point is enough: the path is measured, not the plane. */
const noGrid = { min: -1, max: 1, count: 1 };

/** Resolves with the exit code. */
export async function trajectory(folder: string, options: TrajectoryOptions, session: Session): Promise<number> {
  const { out, subset, batchNorm, backend } = options;
  const { spec, weights, points } = await readRecordedRun(folder);
  await session.announceBackend(backend);
  const principal = await findPrincipal(points, session);
  const [x, y] = principal.directions.map((vector, k) => ({
    kind: "vector" as const,
    vector,
    label: `pca:${k + 1}`,
  }));
  const request: SurfaceRequest = {
    x,
    y,
    normalization: "none",
    biases: "include",
    orthogonalize: false,
    batchNorm,
    subset,
    alpha: noGrid,
    beta: noGrid,
  };
  const path = await projectRun({ spec, weights, request, points, backend }, session);
  const names = tensorNames(spec);
  const directions = principal.directions.map((vector, k) => {
    const file = writeSafetensors({ tensors: names.tensors(vector), metadata: { format: "pt" } });
    return [`pca-${k + 1}.safetensors`, file] as const;
  });
  await writeTogether(out, {
    "trajectory.json": trajectoryToJson(principal, path, { subset, batchNorm }),
    "trajectory.npz": trajectoryToNpz(principal, path),
    "path.csv": pathToCsv(path),
    ...Object.fromEntries(directions),
  });
  session.print({ out, explained: [...principal.explained.slice(0, 2)], ...summarizePath(path), subset, batchNorm });
  return 0;
}
