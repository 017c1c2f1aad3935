/** What a curvature job's parameters come to: an operator on resident weights and images, and a report of them. */
import type { Backend } from "../backends/backend.ts";
import { type CurvatureOperator, createCurvatureOperator } from "../curvature/products/curvature-operator.ts";
import type { CurvatureReport } from "../experiment/curvature.ts";
import { crossEntropy } from "../models/losses/cross-entropy.ts";
import { uploadImages } from "../training/device-images.ts";
import { disposeWeights, uploadWeights } from "../training/device-weights.ts";
import { loaderMicroBatches } from "../training/micro-batches.ts";
import { WorkWindow } from "../training/work-window.ts";
import type { CurvatureParams, CurvatureStarted } from "./curvature-jobs.ts";
import type { Workbench } from "./jobs.ts";
import { checkWeights, microBatchesOn, modelOf, normalizationOf } from "./problem.ts";

/** What all products share is kept between them when it fits in this. */
const hoistBytes = 2 ** 28;

export interface CurvatureProblem {
  readonly operator: CurvatureOperator;
  readonly started: CurvatureStarted;
  /** Of the work up to now. */
  report(): CurvatureReport;
}

/** Runs `solve` on the operator that `params` ask for, and frees what it took. Rejects with CurvatureError and the like. */
export async function withCurvature<Result>(
  params: CurvatureParams,
  workbench: Workbench,
  signal: AbortSignal,
  solve: (problem: CurvatureProblem) => Promise<Result>,
): Promise<Result> {
  const startedMs = performance.now();
  const { spec, weights, request } = params;
  const model = modelOf(spec);
  checkWeights(model, weights);
  const { backend }: { readonly backend: Backend } = await workbench.backend(params.backend);
  const set = (await workbench.images(spec.data))[request.subset];
  signal.throwIfAborted();
  const batchNorm = model.stateLayout.length > 0 ? request.batchNorm : "frozen";
  // The statistics of a batch depend on who is in it: then the batches are those of training.
  const microBatches =
    batchNorm === "batch"
      ? loaderMicroBatches(set.count, Math.min(set.count, spec.training.batchSize))
      : microBatchesOn(backend, set.count);
  const images = uploadImages(backend, set, normalizationOf(spec), request.subset);
  const resident = uploadWeights(backend, model, weights);
  const window = new WorkWindow();
  try {
    const operator = await createCurvatureOperator({
      backend,
      model,
      loss: crossEntropy,
      kind: request.operator === "empirical-fisher" ? "empiricalFisher" : request.operator,
      batchNorm,
      images,
      weights: resident,
      microBatches,
      window,
      parameters: request.parameters,
      filterScaled: request.filterScaled,
      seed: request.seed,
      hoistBytes,
      signal,
    });
    try {
      const { flop, dimension } = operator;
      const report = (): CurvatureReport => ({
        spec,
        request,
        dimension,
        examples: set.count,
        microBatches: microBatches.map(({ size }) => size),
        flopPerProduct: flop,
        backend: backend.description,
        elapsedMs: performance.now() - startedMs,
      });
      const cost = { parameters: dimension, flopPerStep: flop, totalFlop: flop, memoryBytes: backend.memory.bytes };
      const started = {
        kind: "started",
        backend: backend.description,
        dimension,
        examples: set.count,
        cost,
      } as const;
      return await solve({ operator, started, report });
    } finally {
      operator.dispose();
    }
  } finally {
    images.dispose();
    disposeWeights(resident);
  }
}
