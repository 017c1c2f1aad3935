/** Eigenpairs from either end of a curvature matrix. A cancelled solve resolves with what has converged. */
import { lanczos } from "../curvature/solvers/lanczos.ts";
import { withCurvature } from "./curvature-problem.ts";
import type { JobHandlers } from "./jobs.ts";

export const spectrum: JobHandlers["spectrum"] = (params, { signal, emit, workbench }) =>
  withCurvature(params, workbench, signal, async ({ operator, started, report }) => {
    const { top, bottom, tolerance, maxProducts, memoryBytes, request } = params;
    const startedMs = performance.now();
    await emit(started);
    // While the receiver is behind there are no steps, so that the next one is the latest.
    let isSending = false;
    const settle = () => {
      isSending = false;
    };
    const result = await lanczos(operator, {
      top,
      bottom,
      tolerance,
      maxProducts,
      memoryBytes,
      seed: request.seed,
      signal,
      onStep({ products, ritzValues, residualEstimates, converged }) {
        if (isSending) return;
        isSending = true;
        emit({
          kind: "step",
          products,
          ritzValues: ritzValues.slice(),
          residuals: residualEstimates.slice(),
          converged,
          elapsedMs: performance.now() - startedMs,
        }).then(settle, settle);
      },
    });
    return {
      eigenvalues: result.values,
      top: result.topCount,
      residuals: result.residuals,
      vectors: result.vectors,
      tolerance,
      products: result.products,
      status: result.status,
      report: report(),
    };
  });
