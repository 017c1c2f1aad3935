/**
 * Eigenpairs from either end of a curvature matrix. A cancelled solve resolves with what has converged; one whose device is
 * lost goes on with the next device from the basis that was stored last.
 */
import { DeviceLostError } from "../backends/backend.ts";
import type { EigenProgress } from "../curvature/solvers/eigen-result.ts";
import { lanczos } from "../curvature/solvers/lanczos.ts";
import type { Spectrum } from "../experiment/curvature.ts";
import type { SolveStep } from "../experiment/solve-history.ts";
import type { ResumedSolve, SpectrumParams } from "./curvature-jobs.ts";
import { withCurvature } from "./curvature-problem.ts";
import type { JobContext, JobHandlers } from "./job-context.ts";
import { SolveRecord } from "./solve-record.ts";
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
  readonly #record = new SolveRecord();
  /** Products up to the last step. */
  #products = 0;
  #isFirst = true;
  /** Whether a step is on its way; while the receiver is behind none is sent, so that the next one is the latest. */
  #isSending = false;

  constructor(
    private readonly params: SpectrumParams,
    private readonly context: JobContext<"spectrum">,
  ) {
    this.#stored = new StoredBasis(params.weights.theta.byteLength);
  }

  /** Solves, from the stored basis if there is one. */
  run(): Promise<Spectrum> {
    const { params, context } = this;
    const { top, bottom, tolerance, maxProducts, memoryBytes, request } = params;
    const { signal, emit, workbench } = context;
    return withCurvature(params, workbench, signal, async ({ operator, started, report }) => {
      const { snapshot } = this.#stored;
      const resumed = this.#isFirst ? null : this.#resumed();
      await emit(resumed ? { ...started, resumed } : started);
      if (resumed) this.#record.goBack(resumed.products);
      this.#isFirst = false;
      const result = await lanczos(operator, {
        top,
        bottom,
        tolerance,
        maxProducts,
        memoryBytes,
        seed: request.seed,
        signal,
        onStep: (progress) => this.#take(progress),
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
        history: this.#record.history(),
        report: report(),
      };
    });
  }

  #resumed(): ResumedSolve {
    const products = this.#stored.snapshot?.products ?? 0;
    return { products, lostProducts: this.#products - products };
  }

  #take({ products, ritzValues, residualEstimates, converged }: EigenProgress): void {
    this.#products = products;
    const step: SolveStep = {
      products,
      ritzValues: ritzValues.slice(),
      residuals: residualEstimates.slice(),
      converged,
      elapsedMs: performance.now() - this.#startedMs,
    };
    this.#record.add(step);
    this.#send(step);
  }

  #send(step: SolveStep): void {
    if (this.#isSending) return;
    this.#isSending = true;
    const settle = () => {
      this.#isSending = false;
    };
    // Copies: the record keeps its own.
    const [ritzValues, residuals] = [step.ritzValues.slice(), step.residuals.slice()];
    this.context.emit({ kind: "step", ...step, ritzValues, residuals }).then(settle, settle);
  }
}
