/**
 * The ends of an operator's spectrum: Lanczos with full re-orthogonalisation (Paige 1972, Parlett 1998), in blocks if wanted,
 * with thick restart within a memory budget (Wu & Simon 2000).
 */
import type { SymmetricOperator } from "../operator.ts";
import { Lane } from "../vectors/lane.ts";
import { endIndices, largestMagnitude, mayMissCopies } from "./convergence.ts";
import type { EigenResult, SolverStatus } from "./eigen-result.ts";
import { KrylovSpace } from "./krylov-space.ts";
import { type LanczosOptions, type LanczosPlan, planLanczos } from "./lanczos-options.ts";
import { assemblePairs, type MeasuredPairs } from "./measure-pairs.ts";
import type { RitzPairs } from "./projected-matrix.ts";

/** Remainders below these shares of the operator's norm are noise of its products: the space is then invariant. */
const noise = { float32: 1e-6, float64: 1e-13 };

/**
 * Solves for one operator, again whenever it has become another matrix: memory and programs are kept in between.
 *
 * One vector at a time finds an eigenvalue of multiplicity m > 1 more than once only when its Krylov space comes to an end or
 * through rounding; a block of m finds all copies.
 */
export class LanczosSolver {
  readonly #options: LanczosOptions;
  readonly #plan: LanczosPlan;
  readonly #lanes: readonly Lane[];
  readonly #space: KrylovSpace;

  /** Throws CurvatureError for what cannot be done. */
  constructor(operator: SymmetricOperator, options: LanczosOptions) {
    const plan = planLanczos(operator, options);
    const floor = operator.backend.kind === "reference" ? noise.float64 : noise.float32;
    const breakdown = Math.max(floor, Math.min(1e-5, options.tolerance / 100));
    const capacity = Math.min(operator.dimension, plan.maxProcessed + plan.blockSize);
    const settings = { blockSize: plan.blockSize, seed: options.seed, breakdown };
    this.#options = options;
    this.#plan = plan;
    this.#lanes = Array.from({ length: plan.blockSize }, (_, i) => new Lane(operator, i));
    this.#space = new KrylovSpace(operator, this.#lanes, settings, capacity);
  }

  /**
   * Rejects with the backend's error, DeviceLostError above all: the vectors are then gone, and the last snapshot taken is
   * what is left to resume from. A cancelled solve resolves.
   */
  solve(): Promise<EigenResult> {
    return new LanczosSolve(this.#space, this.#options, this.#plan).run();
  }

  async dispose(): Promise<void> {
    await this.#space.dispose();
    for (const lane of this.#lanes) await lane.dispose();
  }
}

/** A single solve. Throws CurvatureError for what cannot be done; rejects as `LanczosSolver.solve` does. */
export async function lanczos(operator: SymmetricOperator, options: LanczosOptions): Promise<EigenResult> {
  const solver = new LanczosSolver(operator, options);
  try {
    return await solver.solve();
  } finally {
    await solver.dispose();
  }
}

function statusAfterMeasuring(status: SolverStatus, residuals: Float64Array, converged: boolean[]): SolverStatus {
  if (!residuals.every(Number.isFinite)) return "non-finite";
  return status === "converged" && converged.includes(false) ? "breakdown" : status;
}

const noPairs: RitzPairs = { values: new Float64Array(), vectors: [], residuals: new Float64Array() };

class LanczosSolve {
  #products: number;
  #steps: number;
  #pairs = noPairs;

  constructor(
    private readonly space: KrylovSpace,
    private readonly options: LanczosOptions,
    private readonly plan: LanczosPlan,
  ) {
    this.#products = options.resume?.products ?? 0;
    this.#steps = options.resume?.steps ?? 0;
  }

  async run(): Promise<EigenResult> {
    const { space, options } = this;
    if (options.resume) {
      await space.restore(options.resume);
      this.#pairs = space.ritzPairs();
    } else {
      await space.start();
    }
    return this.#finish(await this.#iterate());
  }

  /** Expands the space until it holds what is wanted or cannot grow. */
  async #iterate(): Promise<SolverStatus> {
    const { space, options, plan } = this;
    while (!this.#isConverged()) {
      if (options.signal?.aborted) return "cancelled";
      if (this.#products >= options.maxProducts) return "max-steps";
      if (space.processed + space.nextCount > plan.maxProcessed) await this.#restart();
      const count = space.nextCount;
      try {
        if (!(await space.expand(this.#scale, options.signal))) return "non-finite";
      } catch (error) {
        if (options.signal?.aborted) return "cancelled";
        throw error;
      }
      this.#products += count;
      this.#steps++;
      this.#pairs = space.ritzPairs();
      this.#report();
      if (options.snapshots?.isDue(this.#steps)) {
        options.snapshots.take({ ...(await space.snapshot()), products: this.#products, steps: this.#steps });
      }
    }
    return "converged";
  }

  async #restart(): Promise<void> {
    const { space, plan } = this;
    const { top, bottom } = endIndices(this.#pairs.values.length, plan.keptTop, plan.keptBottom);
    const kept = [...top, ...bottom];
    await space.restart({
      values: Float64Array.from(kept, (i) => this.#pairs.values[i]),
      vectors: kept.map((i) => this.#pairs.vectors[i]),
    });
  }

  async #finish(status: SolverStatus): Promise<EigenResult> {
    const measure = status === "converged" || status === "max-steps";
    const indices = measure ? this.#wanted() : this.#wanted().filter((i) => this.#isWithin(i));
    const values = indices.map((i) => this.#pairs.values[i]);
    const coefficients = indices.map((i) => this.#pairs.vectors[i]);
    let measured: MeasuredPairs;
    try {
      measured = await assemblePairs(this.space, values, coefficients, measure, this.options.signal);
    } catch (error) {
      if (!this.options.signal?.aborted || status === "cancelled") throw error;
      return this.#finish("cancelled");
    }
    if (measured.residuals) this.#products += values.length;
    const residuals = measured.residuals ?? Float64Array.from(indices, (i) => this.#pairs.residuals[i]);
    const relativeResiduals = residuals.map((residual) => (residual === 0 ? 0 : residual / this.#scale));
    const converged = Array.from(relativeResiduals, (residual) => residual <= this.options.tolerance);
    const { top } = endIndices(this.#pairs.values.length, this.options.top, this.options.bottom);
    return {
      values: Float64Array.from(values),
      topCount: indices.filter((i) => top.includes(i)).length,
      vectors: measured.vectors,
      residuals,
      relativeResiduals,
      residualKind: measured.residuals ? "true" : "estimate",
      converged,
      products: this.#products,
      status: statusAfterMeasuring(status, residuals, converged),
    };
  }

  #report(): void {
    const indices = this.#wanted();
    this.options.onStep?.({
      step: this.#steps,
      products: this.#products,
      ritzValues: Float64Array.from(indices, (i) => this.#pairs.values[i]),
      residualEstimates: Float64Array.from(indices, (i) => this.#relative(i)),
      converged: indices.filter((i) => this.#isWithin(i)).length,
    });
  }

  #isConverged(): boolean {
    const { space, options } = this;
    if (space.isComplete && space.processed > 0) return true;
    const wanted = this.#wanted();
    if (wanted.length < options.top + options.bottom || !wanted.every((i) => this.#isWithin(i))) return false;
    return !mayMissCopies(space, this.#pairs, options, options.tolerance * this.#scale);
  }

  #wanted(): number[] {
    const { top, bottom } = endIndices(this.#pairs.values.length, this.options.top, this.options.bottom);
    return [...top, ...bottom];
  }

  #relative(index: number): number {
    const residual = this.#pairs.residuals[index];
    return residual === 0 ? 0 : residual / this.#scale;
  }

  #isWithin(index: number): boolean {
    return this.#relative(index) <= this.options.tolerance;
  }

  /** |λ₁| as far as known. */
  get #scale(): number {
    return largestMagnitude(this.#pairs.values);
  }
}
