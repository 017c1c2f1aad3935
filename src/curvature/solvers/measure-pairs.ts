/** Ritz vectors assembled, read back and put to the test. */
import type { KrylovSpace } from "./krylov-space.ts";

export interface MeasuredPairs {
  readonly vectors: readonly Float32Array[];
  /** ‖Av − λv‖, by one product each; null when they were not to be measured. */
  readonly residuals: Float64Array | null;
}

/**
 * The vectors Σ coefficientsᵢ vᵢ of unit length and, when `measure` says so, the residuals with their values.
 * Rejects with the signal's reason.
 */
export async function assemblePairs(
  space: KrylovSpace,
  values: readonly number[],
  coefficients: readonly Float64Array[],
  measure: boolean,
  signal?: AbortSignal,
): Promise<MeasuredPairs> {
  const { operator, lanes } = space;
  const vectors: Float32Array[] = [];
  const residuals: number[] = [];
  for (let first = 0; first < values.length; first += lanes.length) {
    const count = Math.min(lanes.length, values.length - first);
    for (let i = 0; i < count; i++) {
      await space.combine(coefficients[first + i], i);
      await lanes[i].normalize();
    }
    const contents = await Promise.all(lanes.slice(0, count).map(({ x }) => operator.backend.read(x)));
    vectors.push(...contents.map((content) => Float32Array.from(content)));
    if (!measure) continue;
    await operator.apply(count, signal);
    residuals.push(...(await Promise.all(lanes.slice(0, count).map((lane, i) => lane.residual(values[first + i])))));
  }
  return { vectors, residuals: measure ? Float64Array.from(residuals) : null };
}
