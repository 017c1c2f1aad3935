/** Matches one model's hidden units to another's. */
import { matchWeights } from "../comparison/match-weights.ts";
import { distance } from "../comparison/parameter-distances.ts";
import type { JobHandlers } from "./job-context.ts";
import { checkWeights, modelOf } from "./problem.ts";

export const match: JobHandlers["match"] = async (params, { workbench, signal, emit }) => {
  const startedMs = performance.now();
  const { spec, from, to, seed } = params;
  const model = modelOf(spec);
  checkWeights(model, from);
  checkWeights(model, to);
  const { backend } = await workbench.backend(params.backend);
  const onLayer = (sweep: number, layer: string) => emit({ kind: "layer", sweep, layer });
  const { groups, permutations, weights, sweeps } = await matchWeights(backend, model, from, to, {
    seed,
    signal,
    onLayer,
  });
  return {
    permutations: groups.map(({ name }, k) => ({ layer: name, permutation: permutations[k] })),
    weights,
    distanceBefore: distance(from.theta, to.theta),
    distanceAfter: distance(from.theta, weights.theta),
    sweeps,
    elapsedMs: performance.now() - startedMs,
  };
};
