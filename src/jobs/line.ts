/** Loss and accuracy along the straight line between two models, before and after matching their hidden units. */
import { linePath } from "../comparison/path.ts";
import type { JobHandlers } from "./job-context.ts";
import { match } from "./match.ts";
import { measurePathMetrics } from "./path-metrics.ts";
import { checkWeights, modelOf } from "./problem.ts";

export const line: JobHandlers["line"] = async (params, context) => {
  const startedMs = performance.now();
  const { spec, from, to, batchNorm } = params;
  const { workbench, signal, emit } = context;
  const model = modelOf(spec);
  checkWeights(model, from);
  checkWeights(model, to);
  const { backend } = await workbench.backend(params.backend);
  const measure = (name: "raw" | "matched", end: typeof to) =>
    measurePathMetrics(
      params,
      { name, path: linePath(from.theta, end.theta), states: [from.state, end.state] },
      workbench,
      signal,
      emit,
    );
  const raw = await measure("raw", to);
  const matching = params.match ? await match(params, { ...context, onControl: () => {} }) : null;
  const matched = matching && { figures: await measure("matched", matching.weights), matching };
  return {
    raw,
    matched,
    report: { spec, batchNorm, backend: backend.description, elapsedMs: performance.now() - startedMs },
  };
};
