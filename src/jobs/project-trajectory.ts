/**
 * A training's recorded points over a surface: their orthogonal projections onto its plane or line, and at every point
 * itself the very function that the surface shows, with the BatchNorm statistics that the surface has there.
 */
import { projectPath } from "../comparison/trajectory.ts";
import { Pipeline } from "../execution/pipeline.ts";
import type { ProjectedPath } from "../experiment/trajectory.ts";
import { interpolateStatistics } from "../landscape/interpolated-statistics.ts";
import type { JobHandlers } from "./job-context.ts";
import { checkWeights, modelOf } from "./problem.ts";
import { prepareSurface } from "./surface-problem.ts";

/** Points whose values may be enqueued before the first of them is read. */
const pointsAhead = 8;

export const projectTrajectory: JobHandlers["projectTrajectory"] = async (params, { signal, emit, workbench }) => {
  const { spec, weights, request, points } = params;
  const model = modelOf(spec);
  for (const point of points) checkWeights(model, point.weights);
  const { evaluator, directions } = await prepareSurface(params, workbench);
  const placed = await projectPath(
    points.map((point) => point.weights.theta),
    weights.theta,
    directions,
    { signal },
  );
  await emit({
    kind: "placed",
    alpha: placed.alpha.slice(),
    beta: placed.beta.slice(),
    offPlane: placed.offPlane.slice(),
  });
  const blank = () => new Float64Array(points.length).fill(Number.NaN);
  const values = { loss: blank(), lossError: blank(), accuracy: blank() };
  const result = (status: "complete" | "cancelled"): ProjectedPath & { readonly status: typeof status } => ({
    step: Float64Array.from(points, ({ step }) => step),
    ...placed,
    ...values,
    status,
  });
  const statisticsAt = request.statistics && interpolateStatistics(request.statistics);
  const nowhere = new Float32Array(weights.theta.length);
  const pipeline = new Pipeline(pointsAhead);
  const window = workbench.window();
  try {
    for (const [index, { weights: point }] of points.entries()) {
      const state = statisticsAt?.(placed.alpha[index], placed.beta[index]) ?? weights.state;
      evaluator.place({ theta: point.theta, state }, { u: nowhere, v: nowhere });
      const { metrics } = await evaluator.enqueue(0, 0, window, signal);
      await pipeline.add(metrics, async ({ loss, lossError, accuracy }) => {
        values.loss[index] = loss;
        values.lossError[index] = lossError;
        values.accuracy[index] = accuracy;
        await emit({ kind: "point", index, loss, lossError, accuracy });
      });
    }
    await pipeline.drain();
  } catch (error) {
    if (!signal.aborted) throw error;
    await pipeline.drain();
    return result("cancelled");
  }
  return result("complete");
};
