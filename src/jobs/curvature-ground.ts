/** Where curvature jobs work: weights and images on a device, and operators on them. */
import type { Backend } from "../backends/backend.ts";
import { CurvatureError } from "../curvature/curvature-error.ts";
import { type CurvatureOperator, createCurvatureOperator } from "../curvature/products/curvature-operator.ts";
import { sampleLabels } from "../curvature/products/sample-labels.ts";
import { type DeviceImages, uploadImages } from "../execution/device-images.ts";
import { type DeviceWeights, disposeWeights, uploadWeights } from "../execution/device-weights.ts";
import { loaderMicroBatches, type MicroBatch } from "../execution/micro-batches.ts";
import type { WorkWindow } from "../execution/work-window.ts";
import type { CurvatureReport } from "../experiment/curvature.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import type { CurvatureParams, CurvatureStarted } from "./curvature-jobs.ts";
import type { Workbench } from "./job-context.ts";
import { checkWeights, lossOf, microBatchesOn, modelOf, pixelNormalizationOf } from "./problem.ts";

/** What all products share is kept between them when it fits in this. */
const hoistBytes = 2 ** 28;

/** What one of several operators on the same weights and images differs in. */
export interface OperatorChoice {
  readonly parameters?: readonly string[];
  readonly microBatches?: readonly MicroBatch[];
  readonly isCompact?: boolean;
  readonly isRenewable?: boolean;
  readonly width?: number;
  /** Bytes in which to keep what products share. */
  readonly hoistBytes?: number;
}

export interface CurvatureGround {
  readonly backend: Backend;
  readonly model: Model;
  readonly loss: LossFunction;
  readonly images: DeviceImages;
  readonly weights: DeviceWeights;
  readonly batchNorm: "frozen" | "batch";
  /** All examples of the chosen set. */
  readonly microBatches: readonly MicroBatch[];
  readonly window: WorkWindow;
  /** How `count` examples are cut, positions 0, 1, …. */
  cut(count: number): MicroBatch[];
  /** Runs `work` on an operator, of all examples and of the parameters that the job names unless told, and frees it. */
  use<Result>(choice: OperatorChoice, work: (operator: CurvatureOperator) => Promise<Result>): Promise<Result>;
  started(dimension: number, flopPerProduct: number): CurvatureStarted;
  /** Report of the work up to now. */
  report(dimension: number, flopPerProduct: number): CurvatureReport;
}

/** Puts weights and images on the device, runs `solve`, and frees what that took. Rejects with CurvatureError and the like. */
export async function withCurvatureGround<Result>(
  params: CurvatureParams,
  workbench: Workbench,
  signal: AbortSignal,
  solve: (ground: CurvatureGround) => Promise<Result>,
): Promise<Result> {
  const startedMs = performance.now();
  const { spec, weights, request } = params;
  const model = modelOf(spec);
  checkWeights(model, weights);
  const { backend }: { readonly backend: Backend } = await workbench.backend(params.backend);
  const set = (await workbench.images(spec.data))[request.subset];
  if (set.count === 0) throw new CurvatureError("There are no examples. Choose at least one.");
  signal.throwIfAborted();
  const batchNorm = model.stateLayout.length > 0 ? request.batchNorm : "frozen";
  // The statistics of a batch depend on who is in it: then the batches are those of training.
  const cut = (count: number) =>
    batchNorm === "batch"
      ? loaderMicroBatches(count, Math.min(count, spec.training.batchSize))
      : microBatchesOn(backend, count);
  const microBatches = cut(set.count);
  const images = uploadImages(backend, set, pixelNormalizationOf(spec), request.subset);
  const resident = uploadWeights(backend, model, weights);
  const window = workbench.window();
  const common = { backend, model, loss: lossOf(spec), batchNorm, weights: resident, window, signal };
  try {
    // One draw of labels for all examples: every operator is of the same matrix, which is E[ggᵀ] with these labels.
    const isFisher = request.operator === "fisher";
    const labels = isFisher
      ? await sampleLabels({ ...common, images, microBatches, seed: request.seed }, signal)
      : images.labels;
    try {
      return await solve({
        ...common,
        images,
        microBatches,
        cut,
        async use(choice, work) {
          const operator = await createCurvatureOperator({
            ...common,
            kind: isFisher || request.operator === "empirical-fisher" ? "empiricalFisher" : request.operator,
            images: { ...images, labels },
            microBatches,
            parameters: request.parameters,
            filterScaled: request.filterScaled,
            hoistBytes,
            ...choice,
          });
          return work(operator).finally(() => operator.dispose());
        },
        started: (dimension, flopPerProduct) => ({
          kind: "started",
          backend: backend.description,
          dimension,
          examples: set.count,
          cost: {
            parameters: dimension,
            flopPerStep: flopPerProduct,
            totalFlop: flopPerProduct,
            memoryBytes: backend.memory.bytes,
          },
        }),
        report: (dimension, flopPerProduct) => ({
          spec,
          request,
          dimension,
          examples: set.count,
          microBatches: microBatches.map(({ size }) => size),
          flopPerProduct,
          backend: backend.description,
          elapsedMs: performance.now() - startedMs,
        }),
      });
    } finally {
      if (isFisher) labels.dispose();
    }
  } finally {
    images.dispose();
    disposeWeights(resident);
  }
}
