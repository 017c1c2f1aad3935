/**
 * Spectra of the full set, of mini-batches and of resampled subsets, and how their top eigenspaces overlap. A cancelled one
 * resolves with the samples done.
 */
import { CurvatureError } from "../curvature/curvature-error.ts";
import { drawExamples } from "../curvature/example-draws.ts";
import type { EigenResult } from "../curvature/solvers/eigen-result.ts";
import { LanczosSolver } from "../curvature/solvers/lanczos.ts";
import { subspaceOverlap } from "../curvature/subspace.ts";
import type { MicroBatch } from "../execution/micro-batches.ts";
import type { ProbeStatus, SampleKind, SubsetSample } from "../experiment/curvature.ts";
import { withCurvatureGround } from "./curvature-ground.ts";
import type { SubsetsParams } from "./curvature-jobs.ts";
import type { JobHandlers } from "./job-context.ts";
import { meanFlop } from "./mean-flop.ts";

/** Draws of one kind and size: they share an operator. */
interface Series {
  readonly kind: SampleKind;
  readonly size: number;
  readonly draws: number;
}

export const subsets: JobHandlers["subsets"] = (params, { signal, emit, workbench }) =>
  withCurvatureGround(params, workbench, signal, async ({ images, cut, use, started, report }) => {
    const { top, tolerance, maxProducts, memoryBytes, request } = params;
    const solveOptions = { top, bottom: 0, tolerance, maxProducts, memoryBytes, seed: request.seed, signal };
    const plan = planSeries(params, images.count);
    const total = plan.reduce((sum, { draws }) => sum + draws, 0);
    const samples: SubsetSample[] = [];
    const costs: { flop: number; products: number }[] = [];
    let reference: EigenResult["vectors"] = [];
    let dimension = 0;
    let status: ProbeStatus = "complete";

    const measureSeries = ({ kind, size, draws }: Series) => {
      const examplesOf = (draw: number) =>
        kind === "full" ? cut(size) : pick(cut(size), drawExamples(kind, images.count, size, request.seed, draw));
      const choice = { microBatches: examplesOf(0), isCompact: true, isRenewable: draws > 1 };
      return use(choice, async (operator) => {
        const solver = new LanczosSolver(operator, solveOptions);
        dimension = operator.dimension;
        try {
          if (kind === "full") await emit(started(dimension, operator.flop));
          for (let draw = 0; draw < draws; draw++) {
            if (draw > 0) await operator.renew(examplesOf(draw), signal);
            const solve = await solver.solve();
            signal.throwIfAborted();
            if (kind === "full") reference = solve.vectors;
            const sample = describeSample({ kind, size, draw }, solve, reference);
            costs.push({ flop: operator.flop, products: sample.products });
            const index = samples.push(sample) - 1;
            await emit({ kind: "sample", index, samples: total, sample: copyOf(sample) });
            if (solve.status !== "non-finite") continue;
            status = "non-finite";
            break;
          }
        } finally {
          await solver.dispose();
        }
      });
    };
    try {
      for (const series of plan) if (status === "complete") await measureSeries(series);
    } catch (error) {
      if (!signal.aborted || dimension === 0) throw error;
      status = "cancelled";
    }
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

function describeSample(
  which: Pick<SubsetSample, "kind" | "size" | "draw">,
  { values, residuals, status, products, vectors }: EigenResult,
  reference: EigenResult["vectors"],
): SubsetSample {
  const isWhole = vectors.length === reference.length && reference.length > 0;
  const overlap = isWhole ? subspaceOverlap(reference, vectors) : Number.NaN;
  return { ...which, eigenvalues: values, residuals, status, overlap, products };
}

/** Micro-batches of positions in `examples`, as batches of the examples themselves. */
const pick = (batches: readonly MicroBatch[], examples: Int32Array): MicroBatch[] =>
  batches.map(({ size, indices }) => ({ size, indices: indices.map((place) => examples[place]) }));

/** Arrays of events are given away. */
const copyOf = (sample: SubsetSample): SubsetSample => ({
  ...sample,
  eigenvalues: sample.eigenvalues.slice(),
  residuals: sample.residuals.slice(),
});
