/** Streams a surface or a line, coarse to fine. A cancelled one resolves once all that was measured has been sent. */

import { coarseToFine } from "../experiment/grid.ts";
import type { MeasuredCells, SurfaceReport, SurfaceRequest } from "../experiment/surface.ts";
import { measureCells } from "../landscape/measure-cells.ts";
import type { JobHandlers } from "./job-context.ts";
import type { JobRunner } from "./jobs.ts";
import { measureWithHelpers } from "./measure-with-helpers.ts";
import type { SurfaceParams } from "./surface-jobs.ts";
import { prepareSurface, type SurfaceProblem } from "./surface-problem.ts";

/** Speed assumed of a processor that has not been measured yet. */
const assumedFlopPerSecond = 1e10;

export const surface: JobHandlers["surface"] = async (params, { signal, emit, workbench }) => {
  const startedMs = performance.now();
  const { request } = params;
  const problem = await prepareSurface(params, workbench);
  const { backend, evaluator, alpha, beta } = problem;
  const known = knownCells(params, alpha.length * beta.length);
  const cells = coarseToFine(alpha.length, beta.length).filter((cell) => !known.has(cell));
  const totalFlop = cells.length * evaluator.flop;
  const rate = workbench.rate(backend);
  const workMs = (1000 * totalFlop) / (rate ?? assumedFlopPerSecond);
  const helpers = backend.kind === "webgpu" ? [] : workbench.platform.helpers(workMs);
  let done = 0;
  const report = (status: SurfaceReport["status"]): SurfaceReport => ({
    spec: params.spec,
    request: describeRequest(request),
    examples: problem.examples,
    microBatches: problem.microBatches.map(({ size }) => size),
    cosine: problem.directions.cosine,
    directionNorms: problem.directions.norms,
    ...eigenvaluesOf(request),
    backend: describeBackend(problem, helpers),
    status,
    evaluations: done,
    elapsedMs: performance.now() - startedMs,
  });
  await emit({
    kind: "started",
    backend: describeBackend(problem, helpers),
    evaluations: cells.length,
    cost: {
      parameters: problem.parameters,
      flopPerStep: evaluator.flop,
      totalFlop,
      memoryBytes: backend.memory.bytes,
      ...(rate !== undefined && { seconds: totalFlop / (rate * Math.max(1, helpers.length)) }),
    },
    report: report("cancelled"),
  });

  const onTile = async (tile: MeasuredCells, flopPerSecond: number) => {
    done += tile.cells.length;
    await emit({
      kind: "tile",
      ...tile,
      done,
      evaluations: cells.length,
      etaSeconds: ((cells.length - done) * evaluator.flop) / flopPerSecond,
      gflopPerSecond: flopPerSecond / 1e9,
    });
  };
  let status: SurfaceReport["status"] = "complete";
  try {
    if (helpers.length > 1) {
      await measureWithHelpers({ helpers, params, cells, flop: evaluator.flop, signal, onTile });
    } else {
      const window = workbench.window();
      await measureCells({
        evaluator,
        alpha,
        beta,
        cells,
        window,
        signal,
        onTile: (tile) => onTile(tile, window.flopPerSecond),
      });
      workbench.setRate(backend, window.flopPerSecond);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    status = "cancelled";
  }
  return report(status);
};

const describeBackend = ({ backend }: SurfaceProblem, helpers: readonly JobRunner[]): string =>
  helpers.length > 1 ? `${backend.description}, ${helpers.length} workers` : backend.description;

function eigenvaluesOf({ x, y }: SurfaceRequest): Pick<SurfaceReport, "eigenvalues"> {
  const eigenvalues = (y ? [x, y] : [x]).map((direction) =>
    direction.kind === "vector" ? (direction.eigenvalue ?? null) : null,
  );
  return eigenvalues.every((value) => value === null) ? {} : { eigenvalues };
}

function describeRequest({ x, y, batchNorm, statistics, ...rest }: SurfaceRequest): SurfaceReport["request"] {
  const name = (direction: SurfaceParams["request"]["x"]) =>
    direction.kind === "random" ? `random:${direction.seed}` : direction.label;
  return { ...rest, x: name(x), y: y && name(y), batchNorm: statistics ? "interpolated" : batchNorm };
}

function knownCells({ known, request }: SurfaceParams, size: number): ReadonlySet<number> {
  const cells = new Set(known?.cells);
  for (const cell of cells) {
    if (cell >= size) throw new RangeError(`Cell ${cell} of a grid of ${request.alpha.count} × ${request.beta.count}.`);
  }
  return cells;
}
