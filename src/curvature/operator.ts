/** A symmetric linear map on flat vectors of a backend: what every solver of this folder works on. */
import type { Backend, DeviceTensor } from "../backends/backend.ts";

/** Places [start, start + length) of a flat vector. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/**
 * A map that acts on the places of `support` and on nothing else: elsewhere its products are zero, whatever a vector
 * holds there. Gaps between tensors are in no support.
 */
export interface SymmetricOperator {
  readonly backend: Backend;
  /** Floats of a flat vector, gaps included. */
  readonly length: number;
  /** Ascending, not touching. */
  readonly support: readonly Span[];
  /** Places in the support: the dimension of the space. */
  readonly dimension: number;
  /** Floating-point operations of one product. */
  readonly flop: number;
  /** Float tensors [length] whose products are taken. Their number is how many products share one pass over the data. */
  readonly vectors: readonly DeviceTensor[];
  /** Float tensors [length]: where the products are put, one for each of `vectors`. */
  readonly products: readonly DeviceTensor[];
  /**
   * products[i] ← A·vectors[i] for every i < count, in order with everything else that is enqueued on the backend.
   * Resolves once it is enqueued; rejects with the signal's reason, after which the products hold nothing of use, or with
   * the backend's error.
   */
  apply(count: number, signal?: AbortSignal): Promise<void>;
  dispose(): void;
}
