/** The plane through three models: its directions, a grid that holds them, and their metrics in it. */
import { ComparisonError } from "../comparison/comparison-error.ts";
import { frameOf, type PlaneThrough, planeThrough, projectOnto } from "../comparison/plane-through.ts";
import type { SetMetrics } from "../execution/evaluator.ts";
import type { ModelPlane, PlaneMark } from "../experiment/comparison.ts";
import type { SurfaceRequest } from "../experiment/surface.ts";
import type { ModelPlaneParams } from "./comparison-jobs.ts";
import type { JobHandlers, Workbench } from "./job-context.ts";
import { checkWeights, modelOf } from "./problem.ts";
import { prepareEvaluator, prepareSurface } from "./surface-problem.ts";

export const plane: JobHandlers["plane"] = async (params, { workbench, signal }) => {
  const { spec, models, projected = [] } = params;
  const model = modelOf(spec);
  for (const { weights } of models) checkWeights(model, weights);
  if (!(params.margin >= 0)) throw new ComparisonError(`A margin of ${params.margin} is none. Give 0 or more.`);
  const [first, second, third] = models;
  const through = planeThrough(first.weights.theta, second.weights.theta, third.weights.theta);
  const request = requestOf(params, through);
  return {
    request,
    marks: await measureMarks(params, through, request, workbench, signal),
    projected: projected.map((weights) => projectOnto(through, first.weights.theta, weights)),
  };
};

function requestOf({ models, columns, rows, margin, subset, batchNorm }: ModelPlaneParams, through: PlaneThrough) {
  const { alpha, beta } = frameOf(through.places, margin);
  const [first, second, third] = models;
  const request: SurfaceRequest = {
    x: { kind: "vector", vector: through.u, label: `from ${first.label} to ${third.label}` },
    y: { kind: "vector", vector: through.v, label: `towards ${second.label}` },
    normalization: "none",
    biases: "include",
    orthogonalize: false,
    batchNorm: batchNorm === "reestimated" ? "reestimated" : "frozen",
    ...(batchNorm === "interpolated" && {
      statistics: models.map(({ weights }, k) => ({ ...through.places[k], state: weights.state })),
    }),
    subset,
    alpha: { ...alpha, count: columns },
    beta: { ...beta, count: rows },
  };
  return request;
}

async function measureMarks(
  { spec, models, backend, subset }: ModelPlaneParams,
  { places }: PlaneThrough,
  request: SurfaceRequest,
  workbench: Workbench,
  signal: AbortSignal,
): Promise<ModelPlane["marks"]> {
  const window = workbench.window();
  const inPlane = await prepareSurface({ spec, weights: models[0].weights, request, backend }, workbench);
  const there: Promise<SetMetrics>[] = [];
  for (const { alpha, beta } of places) {
    there.push((await inPlane.evaluator.enqueue(alpha, beta, window, signal)).metrics);
  }
  const placed = await Promise.all(there);
  // By itself every model has its own statistics.
  const own = await prepareEvaluator({ spec, backend, subset, batchNorm: "frozen" }, workbench);
  const nowhere = new Float32Array(models[0].weights.theta.length);
  const alone: SetMetrics[] = [];
  for (const { weights } of models) {
    own.evaluator.place(weights, { u: nowhere, v: null });
    alone.push(await (await own.evaluator.enqueue(0, 0, window, signal)).metrics);
  }
  const [first, second, third] = models.map(
    ({ label }, k): PlaneMark => ({
      label,
      ...places[k],
      inPlane: { loss: placed[k].loss, accuracy: placed[k].accuracy },
      own: { loss: alone[k].loss, accuracy: alone[k].accuracy },
    }),
  );
  return [first, second, third];
}
