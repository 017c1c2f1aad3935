/** Measures of flatness by finite perturbations of the weights. A cancelled one resolves with what is done. */
import { CurvatureError } from "../curvature/curvature-error.ts";
import { averageSharpness } from "../curvature/estimators/average-sharpness.ts";
import { MovableLoss } from "../curvature/estimators/movable-loss.ts";
import { type LossAndGradient, worstSharpness } from "../curvature/estimators/worst-sharpness.ts";
import { spansOf } from "../curvature/selection.ts";
import { drawVector } from "../curvature/vectors/draw.ts";
import { uploadImages } from "../execution/device-images.ts";
import { loaderMicroBatches } from "../execution/micro-batches.ts";
import type { ProbeStatus } from "../experiment/curvature.ts";
import {
  type AverageKind,
  isAverage,
  type SharpnessEstimate,
  type SharpnessMeasure,
  type SharpnessRequest,
  type WorstKind,
} from "../experiment/sharpness.ts";
import { normalizeDirection } from "../landscape/normalize-direction.ts";
import type { Model } from "../models/model.ts";
import { type CurvatureGround, withCurvatureGround } from "./curvature-ground.ts";
import type { JobHandlers, Workbench } from "./job-context.ts";
import { pixelNormalizationOf } from "./problem.ts";
import type { SharpnessParams } from "./sharpness-jobs.ts";

export const sharpness: JobHandlers["sharpness"] = async (params, { signal, emit, workbench }) => {
  const startedMs = performance.now();
  const { spec, weights, request } = params;
  request.measures.forEach(checkMeasure);
  return withCurvatureGround(groundOf(params), workbench, signal, (ground) =>
    withMovableLoss(params, ground, workbench, signal, async (movable) => {
      const estimates: SharpnessEstimate[] = [];
      const report = () => ({
        spec,
        request,
        examples: ground.images.count,
        microBatches: ground.microBatches.map(({ size }) => size),
        backend: ground.backend.description,
        elapsedMs: performance.now() - startedMs,
      });
      const loss = await (await movable.enqueue(weights.theta)).loss;
      if (!Number.isFinite(loss)) return { loss, figures: estimates, status: "non-finite", report: report() };
      const common = { model: ground.model, theta: weights.theta, loss, movable, seed: request.seed, signal };
      for (const [index, measure] of request.measures.entries()) {
        if (signal.aborted) break;
        const onEstimate = (estimate: SharpnessEstimate) => emit({ kind: "progress", measure: index, estimate });
        const { kind } = measure;
        const estimate = isAverage(kind)
          ? await measureAverage(kind, measure, { ...common, onEstimate })
          : await measureWorst(kind, measure, { ...common, onEstimate });
        if (estimate.done > 0 || estimate.status === "non-finite") estimates.push(estimate);
      }
      return { loss, figures: estimates, status: statusOf(estimates, request), report: report() };
    }),
  );
};

interface MeasureContext {
  readonly model: Model;
  readonly theta: Float32Array;
  /** Loss at theta. */
  readonly loss: number;
  readonly movable: MovableLoss;
  readonly seed: number;
  readonly signal: AbortSignal;
  onEstimate(estimate: SharpnessEstimate): Promise<void>;
}

async function measureAverage(
  kind: AverageKind,
  { radius, count }: SharpnessMeasure,
  { model, theta, loss, movable, seed, signal, onEstimate }: MeasureContext,
): Promise<SharpnessEstimate> {
  const settings =
    kind === "adaptive-average"
      ? ({ normalization: "weight", biases: "include" } as const)
      : ({ normalization: "filter", biases: "ignore" } as const);
  const { estimate, status } = await averageSharpness({
    loss,
    draws: count,
    perturbed(index) {
      const direction = normalizeDirection(model.layout, theta, drawOf(model, seed, index), settings);
      return theta.map((weight, k) => weight + radius * direction[k]);
    },
    enqueue: (moved) => movable.enqueue(moved),
    signal,
    onDraw: ({ mean, standardError, probes }) =>
      onEstimate({ kind, radius, value: mean, standardError, done: probes, status: "complete" }),
  });
  const { mean: value, standardError, probes: done } = estimate;
  return { kind, radius, value, standardError, done, status };
}

async function measureWorst(
  kind: WorstKind,
  { radius, count }: SharpnessMeasure,
  { model, theta, movable, seed, signal, onEstimate }: MeasureContext,
): Promise<SharpnessEstimate> {
  const estimate = (value: number, done: number, status: ProbeStatus) =>
    ({ kind, radius, value, standardError: null, done, status }) as const;
  let start: LossAndGradient;
  try {
    start = await movable.differentiate(theta);
  } catch (error) {
    if (!signal.aborted) throw error;
    return estimate(0, 0, "cancelled");
  }
  const { rise, done, status } = await worstSharpness({
    theta,
    scale: kind === "adaptive-worst" ? theta.map(Math.abs) : new Float32Array(theta.length).fill(1),
    radius,
    steps: count,
    start,
    anyDirection: () => drawOf(model, seed, 0),
    evaluate: (moved) => movable.differentiate(moved),
    signal,
    onStep: (found, steps) => onEstimate(estimate(found, steps, "complete")),
  });
  return estimate(rise, done, status);
}

/** N(0, 1) over all parameters. */
const drawOf = ({ layout }: Model, seed: number, index: number): Float32Array =>
  drawVector({ length: layout.length, support: spansOf(layout.entries) }, "gaussian", seed, index);

const groundOf = ({ spec, weights, backend, request }: SharpnessParams) =>
  ({
    spec,
    weights,
    backend,
    request: {
      operator: "hessian",
      subset: request.subset,
      batchNorm: request.batchNorm === "batch" ? "batch" : "frozen",
      parameters: ["*"],
      filterScaled: false,
      seed: request.seed,
    },
  }) as const;

async function withMovableLoss<Result>(
  { spec, request }: SharpnessParams,
  ground: CurvatureGround,
  workbench: Workbench,
  signal: AbortSignal,
  work: (movable: MovableLoss) => Promise<Result>,
): Promise<Result> {
  const { backend } = ground;
  const create = (training?: { images: typeof ground.images; microBatches: typeof ground.microBatches }) =>
    MovableLoss.create({ ...ground, training, signal });
  const use = async (movable: MovableLoss) => work(movable).finally(() => movable.dispose());
  if (request.batchNorm !== "reestimated" || !ground.weights.state) return use(await create());
  const { train } = await workbench.images(spec.data);
  const images = uploadImages(backend, train, pixelNormalizationOf(spec), "training");
  const microBatches = loaderMicroBatches(train.count, Math.min(train.count, spec.training.batchSize));
  try {
    return await use(await create({ images, microBatches }));
  } finally {
    images.dispose();
  }
}

function checkMeasure({ kind, radius, count }: SharpnessMeasure): void {
  if (!(radius > 0 && Number.isFinite(radius)))
    throw new CurvatureError(`${kind} with a radius of ${radius}: give one above 0.`);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new CurvatureError(`${kind} of ${count} draws or steps: give a whole number of at least 1.`);
}

function statusOf(estimates: readonly SharpnessEstimate[], { measures }: SharpnessRequest): ProbeStatus {
  if (estimates.length < measures.length || estimates.some(({ status }) => status === "cancelled")) return "cancelled";
  return estimates.some(({ status }) => status === "non-finite") ? "non-finite" : "complete";
}
