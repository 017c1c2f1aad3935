/** `convexity`: the extreme eigenvalues of the Hessian over a coarse grid of a plane, as files. */
import { convexityRatio, convexityToJson, convexityToNpz } from "../../experiment/convexity-files.ts";
import type { ConvexityMap } from "../../experiment/curvature.ts";
import type { SurfaceRequest } from "../../experiment/surface.ts";
import { formatDirection } from "../../experiment/surface-texts.ts";
import { type PlaneOptions, parsePlane, readCentre, readPlane } from "../plane.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";
import { exitCodeOfProbes, type SolverOptions, solveOf } from "./curvature-options.ts";

export interface ConvexityOptions extends PlaneOptions, SolverOptions {
  readonly batchNorm: Exclude<SurfaceRequest["batchNorm"], "reestimated">;
}

/** Resolves with the exit code. */
export async function convexity(options: ConvexityOptions, session: Session): Promise<number> {
  const named = parsePlane(options);
  const checkpoint = await readCentre(options);
  const { spec, weights } = checkpoint;
  await session.announceBackend(options.backend);
  const plane = await readPlane(named, checkpoint, options, session);
  const { alpha, beta } = plane;
  const { seed, backend, out } = options;
  const params = { spec, weights, plane, backend, alpha, beta, ...solveOf(options), seed };
  const result = await session.follow("convexity", params, (event) => {
    if (event.kind !== "point") return;
    const { done, points, largest, smallest } = event;
    session.sayProgress(`${done} of ${points} points, ${smallest.toPrecision(4)} to ${largest.toPrecision(4)}`);
  });
  const description = {
    x: formatDirection(named.x),
    y: named.y && formatDirection(named.y),
    normalization: plane.normalization,
    biases: plane.biases,
    orthogonalize: plane.orthogonalize,
  };
  await writeTogether(out, {
    "convexity.json": convexityToJson(result, description),
    "convexity.npz": convexityToNpz(result),
  });
  session.print(summary(result, out));
  return exitCodeOfProbes(result.status);
}

function summary(map: ConvexityMap, out: string) {
  const ratios = convexityRatio(map).filter(Number.isFinite);
  const { status, unconverged, products, alpha, beta, report } = map;
  return {
    status,
    out,
    columns: alpha.length,
    rows: beta.length,
    points: ratios.length,
    smallestRatio: ratios.length > 0 ? ratios.reduce((least, ratio) => Math.min(least, ratio)) : null,
    largestRatio: ratios.length > 0 ? ratios.reduce((most, ratio) => Math.max(most, ratio)) : null,
    unconverged,
    products,
    examples: report.examples,
    dimension: report.dimension,
    backend: report.backend,
    elapsedMs: report.elapsedMs,
  };
}
