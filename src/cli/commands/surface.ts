/** `surface`: a surface or a line around a checkpoint, as files. */
import type { SurfaceRequest } from "../../experiment/surface.ts";
import { surfaceToJson, surfaceToNpz } from "../../experiment/surface-files.ts";
import { findMinimum } from "../../experiment/surface-minimum.ts";
import { type DirectionSpec, parseDirection, parseGrid, parseRanges } from "../../experiment/surface-texts.ts";
import type { BackendChoice, SurfaceEvent } from "../../jobs/jobs.ts";
import { exitCodes } from "../cli-error.ts";
import { findEigenvectors } from "../eigenvectors.ts";
import { readCheckpoint, readDirection } from "../inputs.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";

export interface SurfaceOptions {
  readonly checkpoint: string;
  readonly spec?: string;
  readonly out: string;
  readonly x?: string;
  readonly y?: string;
  readonly eigenvectors?: string;
  readonly grid: string;
  readonly range: string;
  readonly normalize: SurfaceRequest["normalization"];
  readonly biases: SurfaceRequest["biases"];
  readonly batchNorm: SurfaceRequest["batchNorm"];
  readonly subset: SurfaceRequest["subset"];
  readonly orthogonalize: boolean;
  readonly backend: BackendChoice;
  readonly seed: number;
}

/** Resolves with the exit code. */
export async function surface(options: SurfaceOptions, session: Session): Promise<number> {
  const { x, y } = directionsOf(options);
  const { columns, rows } = parseGrid(options.grid, "--grid");
  const { alpha, beta } = parseRanges(options.range, "--range");
  const { spec, weights } = await readCheckpoint(options.checkpoint, options.spec);
  await session.announceBackend(options.backend);
  const indices = [x, y].flatMap((direction) => (direction?.kind === "eigen" ? [direction.index] : []));
  const eigenvector = await findEigenvectors(indices, { spec, weights }, options, session);
  const request: SurfaceRequest = {
    x: await readDirection(x, spec, eigenvector),
    y: y && (await readDirection(y, spec, eigenvector)),
    normalization: options.normalize,
    biases: options.biases,
    orthogonalize: options.orthogonalize,
    batchNorm: options.batchNorm,
    subset: options.subset,
    alpha: { ...alpha, count: columns },
    beta: { ...beta, count: rows },
  };
  const handle = session.runner.start("surface", { spec, weights, request, backend: options.backend });
  const stopListening = session.onInterrupt(() => handle.cancel());
  for await (const event of handle.events) report(event, session);
  const result = await handle.result.finally(stopListening);
  await writeTogether(options.out, { "surface.json": surfaceToJson(result), "surface.npz": surfaceToNpz(result) });
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
    backend,
    elapsedMs,
  });
  return status === "complete" ? 0 : exitCodes.interrupted;
}

/** Without any direction the two that the seed names; with the first alone a line. */
function directionsOf({ x, y, seed }: SurfaceOptions): { readonly x: DirectionSpec; readonly y: DirectionSpec | null } {
  const random = (offset: number): DirectionSpec => ({ kind: "random", seed: seed + offset });
  if (x === undefined) return { x: random(0), y: y === undefined ? random(1) : parseDirection(y, "--y") };
  return { x: parseDirection(x, "--x"), y: y === undefined ? null : parseDirection(y, "--y") };
}

function report(event: SurfaceEvent, { say, sayProgress }: Session): void {
  if (event.kind === "started") {
    say(`${event.evaluations} points of ${(event.cost.flopPerStep / 1e9).toPrecision(3)} GFLOP`);
    return;
  }
  const { done, evaluations, gflopPerSecond, etaSeconds } = event;
  sayProgress(
    `${done} of ${evaluations} points, ${gflopPerSecond.toPrecision(3)} GFLOP/s, ${Math.ceil(etaSeconds)} s left`,
  );
}
