/** Trains a curve between two models and measures it. */
import { ComparisonError } from "../comparison/comparison-error.ts";
import { curvePath } from "../comparison/path.ts";
import { trainCurve } from "../comparison/train-curve.ts";
import type { PathMetrics } from "../experiment/comparison.ts";
import type { JobHandlers } from "./job-context.ts";
import { measurePathMetrics } from "./path-metrics.ts";
import { checkWeights, lossOf, modelOf, pixelNormalizationOf } from "./problem.ts";

export const curve: JobHandlers["curve"] = async (params, { workbench, signal, emit }) => {
  const startedMs = performance.now();
  const { spec, from, to, request, batchNorm, start } = params;
  const { kind, controls, epochs, learningRate, seed } = request;
  if (!(controls >= 1) || (kind === "bezier" && controls !== 1))
    throw new ComparisonError(
      `A curve of kind ${kind} with ${controls} control points: a bezier has 1, a chain 1 or more.`,
    );
  if (start && start.length !== controls)
    throw new ComparisonError(`${start.length} control points to begin with, for a curve of ${controls}.`);
  const model = modelOf(spec);
  checkWeights(model, from);
  checkWeights(model, to);
  const { backend } = await workbench.backend(params.backend);
  const images = await workbench.images(spec.data);
  signal.throwIfAborted();
  const window = workbench.window();
  const trained = await trainCurve({
    backend,
    model,
    loss: lossOf(spec),
    images: images.train,
    pixelNormalization: pixelNormalizationOf(spec),
    augment: spec.data.augment,
    training: { ...spec.training, epochs, learningRate, seed },
    kind,
    from: from.theta,
    to: to.theta,
    controls,
    ...(start && { start }),
    window,
    signal,
    onSteps: (firstStep, steps, batchLosses) => emit({ kind: "steps", firstStep, steps, batchLosses }),
  });
  let { status } = trained;
  let figures: PathMetrics | null = null;
  if (status === "complete") {
    const path = curvePath(kind, from.theta, trained.controls, to.theta);
    const task = { name: "curve", path, states: [from.state, to.state] } as const;
    try {
      figures = await measurePathMetrics(params, task, workbench, signal, emit);
    } catch (error) {
      if (!signal.aborted) throw error;
      status = "cancelled";
    }
  }
  const report = { spec, batchNorm, backend: backend.description, elapsedMs: performance.now() - startedMs };
  return { request, controls: trained.controls, batchLosses: trained.batchLosses, status, figures, report };
};
