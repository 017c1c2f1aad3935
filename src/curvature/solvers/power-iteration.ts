/**
 * Power iteration with deflation, as the literature on loss landscapes finds eigenpairs (Yao et al. 2020): the comparison for
 * Lanczos. It finds eigenvalues by absolute value.
 */
import { CurvatureError } from "../curvature-error.ts";
import type { SymmetricOperator } from "../operator.ts";
import { Basis } from "../vectors/basis.ts";
import { drawVector } from "../vectors/draw.ts";
import { Lane } from "../vectors/lane.ts";
import type { SolverStatus } from "./eigen-result.ts";

export interface PowerIterationOptions {
  readonly count: number;
  /**
   * When a pair counts as found: at a relative change of its λ below `tolerance`, the usual and deceptive rule, or at
   * ‖Av − λv‖ ≤ tolerance · |λ₁|.
   */
  readonly stopBy: "change" | "residual";
  readonly tolerance: number;
  readonly seed: number;
  readonly maxProducts: number;
  readonly signal?: AbortSignal;
}

export interface PowerIterationResult {
  /** Eigenvalues in the order in which they were found. */
  readonly values: Float64Array;
  readonly vectors: readonly Float32Array[];
  /** ‖Av − λv‖, of the last product. */
  readonly residuals: Float64Array;
  readonly relativeResiduals: Float64Array;
  readonly products: number;
  /** Unless "converged" the pairs are those found before. */
  readonly status: SolverStatus;
}

/** Throws CurvatureError for what cannot be done; rejects with the backend's error. A cancelled run resolves. */
export async function powerIteration(
  operator: SymmetricOperator,
  options: PowerIterationOptions,
): Promise<PowerIterationResult> {
  const { count, tolerance } = options;
  if (!Number.isSafeInteger(count) || count < 1 || count > operator.dimension) {
    throw new CurvatureError(`${count} eigenpairs are asked for; ask for 1 to ${operator.dimension}.`);
  }
  if (!(tolerance > 0) || !Number.isFinite(tolerance)) {
    throw new CurvatureError(`The tolerance is ${tolerance}; it must be a positive number, such as 1e-3.`);
  }
  const lane = new Lane(operator, 0);
  const found = new Basis(operator.backend, operator.length, count);
  try {
    return await iterate(operator, options, lane, found);
  } finally {
    await found.dispose();
    await lane.dispose();
  }
}

async function iterate(
  operator: SymmetricOperator,
  options: PowerIterationOptions,
  lane: Lane,
  found: Basis,
): Promise<PowerIterationResult> {
  const values: number[] = [];
  const residuals: number[] = [];
  const vectors: Float32Array[] = [];
  let products = 0;
  const end = (status: SolverStatus): PowerIterationResult => {
    const scale = Math.max(...values.map(Math.abs));
    return {
      values: Float64Array.from(values),
      vectors,
      residuals: Float64Array.from(residuals),
      relativeResiduals: Float64Array.from(residuals, (residual) => (residual === 0 ? 0 : residual / scale)),
      products,
      status,
    };
  };
  while (values.length < options.count) {
    lane.write(drawVector(operator, "gaussian", options.seed, values.length));
    let previous = Number.NaN;
    for (;;) {
      if (options.signal?.aborted) return end("cancelled");
      if (products === options.maxProducts) return end("max-steps");
      await lane.note();
      await found.orthogonalize(lane);
      await lane.measure({ relative: 0, absolute: 0 });
      await lane.normalize();
      try {
        await operator.apply(1, options.signal);
      } catch (error) {
        if (options.signal?.aborted) return end("cancelled");
        throw error;
      }
      products++;
      const { quotient: value, residual } = await lane.rayleigh();
      if (!Number.isFinite(value)) return end("non-finite");
      const scale = Math.max(Math.abs(value), ...values.map(Math.abs));
      const isFound =
        options.stopBy === "change"
          ? Math.abs(value - previous) <= options.tolerance * Math.abs(value)
          : residual <= options.tolerance * scale;
      previous = value;
      if (!isFound) continue;
      values.push(value);
      residuals.push(residual);
      vectors.push(Float32Array.from(await operator.backend.read(lane.x)));
      await found.write(await operator.backend.read(lane.x));
      break;
    }
  }
  return end("converged");
}
