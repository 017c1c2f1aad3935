/** Which Ritz pairs are wanted, and whether they can be trusted. */
import type { KrylovSpace } from "./krylov-space.ts";
import type { RitzPairs } from "./projected-matrix.ts";

/** Indices into ascending values: the `top` largest, descending, then the `bottom` smallest, ascending. */
export function endIndices(count: number, top: number, bottom: number): { top: number[]; bottom: number[] } {
  const atTop = Array.from({ length: Math.min(top, count) }, (_, i) => count - 1 - i);
  const left = count - atTop.length;
  return { top: atTop, bottom: Array.from({ length: Math.min(bottom, left) }, (_, i) => i) };
}

export const largestMagnitude = (values: Float64Array): number =>
  values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

/**
 * Whether an invariant space can hide further copies of a wanted eigenvalue. A Krylov space that came to its end holds each
 * eigenvalue once; it was continued from a random vector outside, and the answer is known when the outermost eigenvalue
 * found from there has converged and does not belong among those wanted.
 */
export function mayMissCopies(
  space: KrylovSpace,
  pairs: RitzPairs,
  wanted: { readonly top: number; readonly bottom: number },
  bound: number,
): boolean {
  if (space.chains === 0 || space.isComplete) return false;
  const indices = Array.from(pairs.values, (_, i) => i);
  const isNew = pairs.vectors.map((vector) => space.chainWeightOf(vector) > 0.5);
  const settled = indices.filter((i) => !isNew[i]);
  const found = indices.filter((i) => isNew[i]);
  if (found.length === 0 || settled.length < wanted.top + wanted.bottom) return true;
  const isSettled = (outermost: number, limit: number, sign: number) =>
    pairs.residuals[outermost] <= bound && sign * (pairs.values[outermost] - pairs.values[limit]) <= bound;
  const topFails = wanted.top > 0 && !isSettled(found.at(-1)!, settled.at(-wanted.top)!, 1);
  const bottomFails = wanted.bottom > 0 && !isSettled(found[0], settled[wanted.bottom - 1], -1);
  return topFails || bottomFails;
}
