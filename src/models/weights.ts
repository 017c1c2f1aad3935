/** A model's numbers on the host: flat vectors in its layouts. */
import type { Layout, LayoutEntry } from "./layout.ts";
import type { Model } from "./model.ts";

export interface FlatWeights {
  /** [layout.length] */
  readonly theta: Float32Array;
  /** [stateLayout.length] */
  readonly state: Float32Array;
}

/** Size of one set of a model's weights, in memory and in a file. */
export const bytesOfWeights = ({ layout, stateLayout }: Pick<Model, "layout" | "stateLayout">): number =>
  Float32Array.BYTES_PER_ELEMENT * (layout.length + stateLayout.length);

/** The part of a flat vector that belongs to one tensor; shares its memory. */
export const tensorOf = <Flat extends Float32Array | Float64Array>(flat: Flat, { offset, length }: LayoutEntry): Flat =>
  flat.subarray(offset, offset + length) as Flat;

/** Running statistics before any training: mean 0, variance 1. */
export function initialState({ stateLayout }: Pick<Model, "stateLayout">): Float32Array {
  const state = new Float32Array(stateLayout.length);
  for (const entry of stateLayout.entries) if (entry.role === "runningVariance") tensorOf(state, entry).fill(1);
  return state;
}

/** Whether `flat` is a vector of `layout`: right length, zeros in the gaps. */
export function fitsLayout(flat: Float32Array, layout: Layout): boolean {
  if (flat.length !== layout.length) return false;
  let end = 0;
  for (const { offset, length } of [...layout.entries, { offset: layout.length, length: 0 }]) {
    if (flat.subarray(end, offset).some((value) => value !== 0)) return false;
    end = offset + length;
  }
  return true;
}
