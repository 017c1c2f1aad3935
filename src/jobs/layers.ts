/** Spectra, traces and norms of every layer's diagonal block. A cancelled one resolves with the layers done. */
import type { Estimate } from "../curvature/estimators/estimate.ts";
import { checkProbes, estimateFrobeniusNorm, estimateTrace, runProbes } from "../curvature/estimators/probes.ts";
import { groupByLayer, type Layer } from "../curvature/layers.ts";
import type { SymmetricOperator } from "../curvature/operator.ts";
import { chooseTensors } from "../curvature/products/curvature-options.ts";
import { lanczos } from "../curvature/solvers/lanczos.ts";
import type { LayerCurvature, ProbeMean, ProbeStatus } from "../experiment/curvature.ts";
import { withCurvatureGround } from "./curvature-ground.ts";
import type { LayersParams } from "./curvature-jobs.ts";
import type { JobHandlers } from "./job-context.ts";
import { meanFlop } from "./mean-flop.ts";

export const layers: JobHandlers["layers"] = (params, { signal, emit, workbench }) =>
  withCurvatureGround(params, workbench, signal, async ({ model, loss, use, started, report }) => {
    checkProbes(params.probes);
    const { parameters, filterScaled } = params.request;
    const tensors = chooseTensors({ model, loss, kind: "hessian", parameters, filterScaled });
    const groups = groupByLayer(tensors);
    const dimension = groups.reduce((total, group) => total + group.dimension, 0);
    const done: LayerCurvature[] = [];
    const costs: { flop: number; products: number }[] = [];
    let status: ProbeStatus = "complete";
    try {
      for (const [index, group] of groups.entries()) {
        const measured = await use({ parameters: group.parameters, isCompact: true }, async (operator) => {
          if (index === 0) await emit(started(dimension, operator.flop));
          const layer = await measureLayer(operator, group, params, signal);
          costs.push({ flop: operator.flop, products: layer.products });
          return layer;
        });
        done.push(measured);
        await emit({ kind: "layer", index, layers: groups.length, layer: copyOf(measured) });
        if (measured.status !== "non-finite") continue;
        status = "non-finite";
        break;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      status = "cancelled";
    }
    return { layers: done, tolerance: params.tolerance, status, report: report(dimension, meanFlop(costs)) };
  });

/** Rejects with the signal's reason. */
async function measureLayer(
  operator: SymmetricOperator,
  { name, parameters, dimension }: Layer,
  { top, tolerance, maxProducts, memoryBytes, probes, request }: LayersParams,
  signal: AbortSignal,
): Promise<LayerCurvature> {
  const pairs = await lanczos(operator, {
    top: Math.min(top, dimension),
    bottom: 0,
    tolerance,
    maxProducts,
    memoryBytes,
    seed: request.seed,
    signal,
  });
  signal.throwIfAborted();
  const { samples, status } = await runProbes(operator, { probes, kind: "rademacher", seed: request.seed, signal });
  signal.throwIfAborted();
  return {
    name,
    parameters,
    dimension,
    eigenvalues: pairs.values,
    residuals: pairs.residuals,
    status: status === "non-finite" ? "non-finite" : pairs.status,
    trace: withoutCount(estimateTrace(samples)),
    frobeniusNorm: withoutCount(estimateFrobeniusNorm(samples)),
    products: pairs.products + samples.length,
  };
}

const withoutCount = ({ mean, standardError }: Estimate): ProbeMean => ({ mean, standardError });

/** Arrays of events are given away. */
const copyOf = (layer: LayerCurvature): LayerCurvature => ({
  ...layer,
  eigenvalues: layer.eigenvalues.slice(),
  residuals: layer.residuals.slice(),
});
