/**
 * Spectra of the full set, of mini-batches and of resampled subsets, and how their top eigenspaces overlap. A cancelled one
 * resolves with the samples done.
 */
import { CurvatureError } from "../curvature/curvature-error.ts";
import { drawExamples } from "../curvature/example-draws.ts";
import type { CurvatureOperator } from "../curvature/products/curvature-operator.ts";
import type { EigenResult } from "../curvature/solvers/eigen-result.ts";
import { lanczos } from "../curvature/solvers/lanczos.ts";
import { subspaceOverlap } from "../curvature/subspace.ts";
import type { ProbeStatus, SampleKind, SubsetSample } from "../experiment/curvature.ts";
import type { MicroBatch } from "../training/micro-batches.ts";
import { withCurvatureGround } from "./curvature-ground.ts";
import type { SubsetsParams } from "./curvature-jobs.ts";
import type { JobHandlers } from "./jobs.ts";
import { meanFlop } from "./mean-flop.ts";

/** Draws of one kind and size: they share an operator. */
interface Series {
  readonly kind: SampleKind;
  readonly size: number;
  readonly draws: number;
}

export const subsets: JobHandlers["subsets"] = (params, { signal, emit, workbench }) =>
  withCurvatureGround(params, workbench, signal, async ({ images, cut, open, started, report }) => {
    const { top, tolerance, request } = params;
    const plan = planSeries(params, images.count);
    const total = plan.reduce((sum, { draws }) => sum + draws, 0);
    const samples: SubsetSample[] = [];
    const costs: { flop: number; products: number }[] = [];
    let reference: EigenResult["vectors"] = [];
    let dimension = 0;
    let status: ProbeStatus = "complete";

    const measureSeries = async ({ kind, size, draws }: Series) => {
      const examplesOf = (draw: number) =>
        kind === "full" ? cut(size) : pick(cut(size), drawExamples(kind, images.count, size, request.seed, draw));
      const operator = await open({ microBatches: examplesOf(0), isCompact: true, isRenewable: draws > 1 });
      try {
        dimension = operator.dimension;
        if (kind === "full") await emit(started(dimension, operator.flop));
        for (let draw = 0; draw < draws && status === "complete"; draw++) {
          if (draw > 0) await operator.renew(examplesOf(draw));
          const solve = await solveTop(operator, params, signal);
          if (solve.status === "cancelled" || solve.status === "non-finite") status = solve.status;
          if (status === "cancelled") return;
          if (kind === "full") reference = solve.vectors;
          const { values: eigenvalues, residuals, products } = solve;
          const isWhole = solve.vectors.length === reference.length && reference.length > 0;
          const overlap = isWhole ? subspaceOverlap(reference, solve.vectors) : Number.NaN;
          const sample = { kind, size, draw, eigenvalues, residuals, status: solve.status, overlap, products };
          samples.push(sample);
          costs.push({ flop: operator.flop, products });
          const index = samples.length - 1;
          await emit({ kind: "sample", index, samples: total, sample: copyOf(sample) });
        }
      } finally {
        operator.dispose();
      }
    };
    for (const series of plan) if (status === "complete") await measureSeries(series);
    return { samples, top, tolerance, status, report: report(dimension, meanFlop(costs)) };
  });

/** Throws CurvatureError for sizes and numbers of draws that cannot be. */
function planSeries({ batchSizes, draws, resampled }: SubsetsParams, count: number): Series[] {
  const series: Series[] = [
    { kind: "full", size: count, draws: 1 },
    ...batchSizes.map((size) => ({ kind: "mini-batch", size, draws }) as const),
    ...(resampled ? [{ kind: "resampled", ...resampled } as const] : []),
  ];
  for (const { size, draws: times } of series) {
    if (!Number.isSafeInteger(size) || size < 1 || size > count) {
      throw new CurvatureError(
        `A subset of ${size} examples of ${count}: its size must be a whole number from 1 to ${count}.`,
      );
    }
    if (!Number.isSafeInteger(times) || times < 1) {
      throw new CurvatureError(`${times} draws of every size: the number must be a whole number of at least 1.`);
    }
  }
  return series;
}

const solveTop = (
  operator: CurvatureOperator,
  { top, tolerance, maxProducts, memoryBytes, request }: SubsetsParams,
  signal: AbortSignal,
): Promise<EigenResult> =>
  lanczos(operator, { top, bottom: 0, tolerance, maxProducts, memoryBytes, seed: request.seed, signal });

/** Micro-batches of positions in `examples`, as batches of the examples themselves. */
const pick = (batches: readonly MicroBatch[], examples: Int32Array): MicroBatch[] =>
  batches.map(({ size, indices }) => ({ size, indices: indices.map((place) => examples[place]) }));

/** Arrays of events are given away. */
const copyOf = (sample: SubsetSample): SubsetSample => ({
  ...sample,
  eigenvalues: sample.eigenvalues.slice(),
  residuals: sample.residuals.slice(),
});
