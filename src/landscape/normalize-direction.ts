/**
 * A direction scaled to the weights it starts from (Li et al. 2018, section 4), so that slices of different nets compare.
 * Natively the output channel is a weight's last axis: filter j of a tensor with c outputs is every c-th number from j on.
 */
import type { Layout, LayoutEntry } from "../models/layout.ts";
import { tensorOf } from "../models/weights.ts";
import { norm } from "./vectors.ts";

export interface NormalizationSettings {
  /**
   * filter: each filter gets the norm of the weights' filter. layer: each tensor that of the weights' tensor. weight: each
   * number is multiplied by the weight's absolute value. model: the whole gets the weights' norm. none: as it is.
   */
  readonly normalization: "filter" | "layer" | "weight" | "model" | "none";
  /**
   * Biases and BatchNorm's scale and shift. ignore: zero. include: normalised like the rest; under `filter` such a tensor
   * becomes the weights' own, as in Li's published code, where one number a filter leaves nothing random but its sign.
   */
  readonly biases: "ignore" | "include";
}

/** Keeps a filter of zeros from dividing by zero, as in Li's code. */
const tiny = 1e-10;

/** The normalised direction, a new vector. `direction` and `theta` are flat vectors of `layout`. */
export function normalizeDirection(
  layout: Layout,
  theta: Float32Array,
  direction: Float32Array,
  { normalization, biases }: NormalizationSettings,
): Float32Array {
  const result = direction.slice();
  for (const entry of layout.entries) {
    if (entry.role !== "weight" && biases === "ignore") tensorOf(result, entry).fill(0);
  }
  if (normalization === "model") {
    scale(result, ratio(norm(theta), norm(result)));
    return result;
  }
  for (const entry of layout.entries) {
    if (entry.role === "weight" || biases === "include") {
      tensorRules[normalization](tensorOf(result, entry), tensorOf(theta, entry), entry);
    }
  }
  return result;
}

type TensorRule = (direction: Float32Array, weights: Float32Array, entry: LayoutEntry) => void;

const tensorRules: Readonly<Record<"filter" | "layer" | "weight" | "none", TensorRule>> = {
  filter(direction, weights, { role, shape }) {
    if (role === "weight") scaleFilters(direction, weights, shape[shape.length - 1]);
    else direction.set(weights);
  },
  layer: (direction, weights) => scale(direction, ratio(norm(weights), norm(direction))),
  weight(direction, weights) {
    for (let k = 0; k < direction.length; k++) direction[k] *= Math.abs(weights[k]);
  },
  none: () => {},
};

function scaleFilters(direction: Float32Array, weights: Float32Array, filters: number): void {
  const squares = (tensor: Float32Array) => {
    const sums = new Float64Array(filters);
    for (let k = 0; k < tensor.length; k++) sums[k % filters] += tensor[k] * tensor[k];
    return sums;
  };
  const wanted = squares(weights);
  const found = squares(direction);
  const factors = wanted.map((square, filter) => Math.sqrt(square) / (Math.sqrt(found[filter]) + tiny));
  for (let k = 0; k < direction.length; k++) direction[k] *= factors[k % filters];
}

const ratio = (wanted: number, found: number): number => (found === 0 ? 0 : wanted / found);

function scale(vector: Float32Array, factor: number): void {
  for (let k = 0; k < vector.length; k++) vector[k] *= factor;
}
