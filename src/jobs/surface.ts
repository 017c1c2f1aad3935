/** Streams a surface or a line, coarse to fine. A cancelled one resolves with what was measured. */

import { coarseToFine } from "../experiment/grid.ts";
import type { SurfaceReport, SurfaceRequest, SurfaceValues } from "../experiment/surface.ts";
import { type MeasuredCells, measureCells } from "../landscape/measure-cells.ts";
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
  const values = emptyValues(alpha, beta);
  if (params.known) record(values, params.known);
  const cells = coarseToFine(alpha.length, beta.length).filter((cell) => values.measured[cell] === 0);
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
    record(values, tile);
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
  return { values, report: report(status) };
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

function emptyValues(alpha: Float64Array, beta: Float64Array): SurfaceValues {
  const unmeasured = () => new Float64Array(alpha.length * beta.length).fill(Number.NaN);
  return {
    columns: alpha.length,
    rows: beta.length,
    alpha,
    beta,
    loss: unmeasured(),
    lossError: unmeasured(),
    accuracy: unmeasured(),
    measured: new Uint8Array(alpha.length * beta.length),
  };
}

function record(values: SurfaceValues, { cells, loss, lossError, accuracy }: MeasuredCells): void {
  cells.forEach((cell, i) => {
    if (cell >= values.measured.length)
      throw new RangeError(`Cell ${cell} of a grid of ${values.columns} × ${values.rows}.`);
    values.loss[cell] = loss[i];
    values.lossError[cell] = lossError[i];
    values.accuracy[cell] = accuracy[i];
    values.measured[cell] = 1;
  });
}
