/** What a surface's request comes to: its grid, its directions, and what evaluates its points. */
import type { Backend } from "../backends/backend.ts";
import type { ImageSet } from "../data/image-set.ts";
import { loaderMicroBatches, type MicroBatch } from "../execution/micro-batches.ts";
import { axisValues } from "../experiment/grid.ts";
import { type Directions, prepareDirections } from "../landscape/directions.ts";
import { interpolateStatistics } from "../landscape/interpolated-statistics.ts";
import { PlaneEvaluator } from "../landscape/plane-evaluator.ts";
import type { Workbench } from "./job-context.ts";
import { checkWeights, lossOf, microBatchesOn, modelOf, pixelNormalizationOf } from "./problem.ts";
import type { SurfaceParams } from "./surface-jobs.ts";

export interface SurfaceProblem {
  readonly backend: Backend;
  /** Parameters of the model. */
  readonly parameters: number;
  readonly evaluator: PlaneEvaluator;
  readonly directions: Directions;
  /** Values of the grid's columns and rows; a line has one row, at 0. */
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly examples: number;
  readonly microBatches: readonly MicroBatch[];
}

/** What decides how points are evaluated, apart from where they are. */
export interface EvaluationRequest extends Pick<SurfaceParams, "spec" | "backend"> {
  readonly subset: SurfaceParams["request"]["subset"];
  readonly batchNorm: SurfaceParams["request"]["batchNorm"];
  /** Evaluated at the same points. */
  readonly alongside?: SurfaceParams["request"]["subset"];
}

export interface PreparedEvaluator {
  readonly backend: Backend;
  readonly evaluator: PlaneEvaluator;
  readonly examples: number;
  readonly microBatches: readonly MicroBatch[];
}

/** The plane is placed: what is measured next is this surface. */
export async function prepareSurface(params: SurfaceParams, workbench: Workbench): Promise<SurfaceProblem> {
  const { spec, weights, request } = params;
  const model = modelOf(spec);
  checkWeights(model, weights);
  const { subset, batchNorm, statistics } = request;
  const prepared = await prepareEvaluator({ spec, backend: params.backend, subset, batchNorm }, workbench);
  const directions = prepareDirections(model, weights.theta, request, workbench.draws);
  prepared.evaluator.place(weights, directions, statistics && interpolateStatistics(statistics));
  return {
    ...prepared,
    parameters: model.layout.count,
    directions,
    alpha: axisValues(request.alpha),
    beta: request.y ? axisValues(request.beta) : Float64Array.of(0),
  };
}

/** Kept evaluators are used again. */
export async function prepareEvaluator(request: EvaluationRequest, workbench: Workbench): Promise<PreparedEvaluator> {
  const { spec, subset, alongside } = request;
  const model = modelOf(spec);
  const { backend } = await workbench.backend(request.backend);
  const images = await workbench.images(spec.data);
  const hasStatistics = model.stateLayout.length > 0;
  const batchNorm = hasStatistics ? request.batchNorm : "frozen";
  const loaderBatches = ({ count }: ImageSet) => loaderMicroBatches(count, Math.min(count, spec.training.batchSize));
  // The statistics of a batch depend on who is in it: then the batches are those of training.
  const cut = (set: ImageSet) => ({
    images: set,
    microBatches: batchNorm === "batch" ? loaderBatches(set) : microBatchesOn(backend, set.count),
  });
  const evaluated = cut(images[subset]);
  const { augment: _, ...data } = spec.data;
  const sets = [subset, alongside];
  const key = JSON.stringify([spec.model, data, sets, batchNorm, batchNorm === "frozen" || spec.training.batchSize]);
  const evaluator = await workbench.cache.get(key, backend, () =>
    PlaneEvaluator.create({
      backend,
      model,
      loss: lossOf(spec),
      ...evaluated,
      training: images.train,
      pixelNormalization: pixelNormalizationOf(spec),
      batchNorm,
      statisticsBatches: loaderBatches(images.train),
      ...(alongside && { alongside: cut(images[alongside]) }),
    }),
  );
  return { backend, evaluator, examples: evaluated.images.count, microBatches: evaluated.microBatches };
}
