/**
 * The plane through three models (Garipov et al. 2018): with w₀, w₁, w₂ the models, u = (w₂ − w₀)/‖·‖ and v the part of
 * w₁ − w₀ across u, normalised; w₀ is the origin.
 */
import type { PlanePlace } from "../experiment/comparison.ts";
import { dot, norm } from "../landscape/vectors.ts";
import { ComparisonError } from "./comparison-error.ts";
import { difference } from "./parameter-distances.ts";

export interface PlaneThrough {
  /** Orthonormal, flat vectors of the models' layout. */
  readonly u: Float32Array;
  readonly v: Float32Array;
  /** Where the three lie, in their order. */
  readonly places: readonly [PlanePlace, PlanePlace, PlanePlace];
}

/** A part across u this small, relative to the whole, is rounding. */
const leastAcross = 1e-5;

/** Throws ComparisonError where the three lie on a line. */
export function planeThrough(w0: Float32Array, w1: Float32Array, w2: Float32Array): PlaneThrough {
  const [toSecond, toThird] = [difference(w1, w0), difference(w2, w0)];
  const length = norm(toThird);
  if (length === 0 || norm(toSecond) === 0) throw new ComparisonError(collinear);
  const u = toThird.map((value) => value / length);
  const square = dot(u, u);
  const along = dot(toSecond, u) / square;
  const across = toSecond.map((value, k) => value - along * u[k]);
  const height = norm(across);
  if (height < leastAcross * norm(toSecond)) throw new ComparisonError(collinear);
  const v = across.map((value) => value / height);
  return {
    u,
    v,
    places: [
      { alpha: 0, beta: 0 },
      { alpha: along, beta: height },
      { alpha: length, beta: 0 },
    ],
  };
}

const collinear = "The three models lie on one line. Draw the line between two of them, or give another third one.";

/** The nearest place in the plane around `origin`, and the distance to it. */
export function projectOnto({ u, v }: Pick<PlaneThrough, "u" | "v">, origin: Float32Array, weights: Float32Array) {
  const offset = difference(weights, origin);
  const place: PlanePlace = { alpha: dot(offset, u), beta: dot(offset, v) };
  return { ...place, offPlane: Math.sqrt(Math.max(0, norm(offset) ** 2 - place.alpha ** 2 - place.beta ** 2)) };
}

/** The smallest rectangle with all places, widened on every side by `margin` of its size. */
export function frameOf(places: readonly PlanePlace[], margin: number) {
  const interval = (values: readonly number[]) => {
    const [min, max] = [Math.min(...values), Math.max(...values)];
    return { min: min - margin * (max - min), max: max + margin * (max - min) };
  };
  return {
    alpha: interval(places.map(({ alpha }) => alpha)),
    beta: interval(places.map(({ beta }) => beta)),
  };
}
