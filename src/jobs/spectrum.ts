/**
 * Eigenpairs from either end of a curvature matrix. A cancelled solve resolves with what has converged; one whose device is
 * lost goes on with the next device from the basis that was stored last.
 */
import { DeviceLostError } from "../backends/backend.ts";
import type { EigenProgress } from "../curvature/solvers/eigen-result.ts";
import { lanczos } from "../curvature/solvers/lanczos.ts";
import type { Spectrum } from "../experiment/curvature.ts";
import type { ResumedSolve, SpectrumParams } from "./curvature-jobs.ts";
import { withCurvature } from "./curvature-problem.ts";
import type { JobContext, JobHandlers } from "./job-context.ts";
import { StoredBasis } from "./stored-basis.ts";

/** A device that is lost again and again will not finish. */
const mostLosses = 3;

export const spectrum: JobHandlers["spectrum"] = async (params, context) => {
  const solve = new SpectrumSolve(params, context);
  for (let losses = 0; ; losses++) {
    const { backend } = await context.workbench.backend(params.backend);
    try {
      return await solve.run();
    } catch (error) {
      if (!(error instanceof DeviceLostError) || losses === mostLosses || context.signal.aborted) throw error;
      // The workbench has heard of it before us: from here on it gives another device.
      await backend.lost;
    }
  }
};

class SpectrumSolve {
  readonly #startedMs = performance.now();
  readonly #stored: StoredBasis;
  /** Products up to the last step. */
  #products = 0;
  #isFirst = true;
  /** While the receiver is behind there are no steps, so that the next one is the latest. */
  #isSending = false;

  constructor(
    private readonly params: SpectrumParams,
    private readonly context: JobContext<"spectrum">,
  ) {
    this.#stored = new StoredBasis(params.weights.theta.byteLength);
  }

  /** From the stored basis if there is one. */
  run(): Promise<Spectrum> {
    const { params, context } = this;
    const { top, bottom, tolerance, maxProducts, memoryBytes, request } = params;
    const { signal, emit, workbench } = context;
    return withCurvature(params, workbench, signal, async ({ operator, started, report }) => {
      const { snapshot } = this.#stored;
      await emit(this.#isFirst ? started : { ...started, resumed: this.#resumed() });
      this.#isFirst = false;
      const result = await lanczos(operator, {
        top,
        bottom,
        tolerance,
        maxProducts,
        memoryBytes,
        seed: request.seed,
        signal,
        onStep: (progress) => this.#send(progress),
        // Only a GPU's device can be lost.
        ...(operator.backend.kind === "webgpu" && { snapshots: this.#stored }),
        ...(snapshot && { resume: snapshot }),
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
  }

  #resumed(): ResumedSolve {
    const products = this.#stored.snapshot?.products ?? 0;
    return { products, lostProducts: this.#products - products };
  }

  #send({ products, ritzValues, residualEstimates, converged }: EigenProgress): void {
    this.#products = products;
    if (this.#isSending) return;
    this.#isSending = true;
    const settle = () => {
      this.#isSending = false;
    };
    this.context
      .emit({
        kind: "step",
        products,
        ritzValues: ritzValues.slice(),
        residuals: residualEstimates.slice(),
        converged,
        elapsedMs: performance.now() - this.#startedMs,
      })
      .then(settle, settle);
  }
}
