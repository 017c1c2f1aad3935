/**
 * A training's trajectory in its principal plane (Li et al. 2018, section 7): rows θ_i − θ_n, centred by column; their
 * principal directions by the Gram matrix of the n + 1 rows, whatever the number of parameters.
 */
import { symmetricEigen } from "../curvature/solvers/symmetric-eigen.ts";
import { yieldToEvents } from "../execution/yield-to-events.ts";
import type { ProjectedPath } from "../experiment/trajectory.ts";
import { dot } from "../landscape/vectors.ts";
import { centredGram, type PassOptions } from "./centred-gram.ts";
import { ComparisonError } from "./comparison-error.ts";

type PathPlaces = Pick<ProjectedPath, "alpha" | "beta" | "offPlane">;

export interface PrincipalDirections {
  /** Unit vectors, that of the largest variance first. */
  readonly directions: readonly Float32Array[];
  /** The fraction of the variance along every principal direction, largest first; their sum is 1. */
  readonly explained: Float64Array;
}

/** Directions with less than this part of the variance are rounding. */
const leastExplained = 1e-12;

/**
 * `points` are the checkpoints' parameters in order; they must not change meanwhile. Rejects with ComparisonError where they
 * span fewer than `count` directions, and with the signal's reason.
 */
export async function principalDirections(
  points: readonly Float32Array[],
  count: number,
  options: PassOptions = {},
): Promise<PrincipalDirections> {
  const { values, vectors } = symmetricEigen(await centredGram(points, options));
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const explained = Float64Array.from(order.slice(0, -1), (k) => (total > 0 ? Math.max(0, values[k]) / total : 0));
  const spanned = explained.filter((part) => part > leastExplained).length;
  if (spanned < count)
    throw new ComparisonError(
      `${points.length} checkpoints span ${spanned} directions, and ${count} are asked for. ` +
        "Keep checkpoints more often, or train for longer.",
    );
  const directions: Float32Array[] = [];
  for (const k of order.slice(0, count)) directions.push(await combination(points, vectors[k], options));
  return { directions, explained };
}

/** The unit vector along Σ w_i (point_i − mean). */
async function combination(
  points: readonly Float32Array[],
  weights: ArrayLike<number>,
  { signal }: PassOptions,
): Promise<Float32Array> {
  const shift = Array.from(weights).reduce((sum, weight) => sum + weight, 0) / points.length;
  const last = points[points.length - 1];
  const sum = new Float64Array(last.length);
  for (const [i, point] of points.entries()) {
    const share = weights[i] - shift;
    for (let k = 0; k < sum.length; k++) sum[k] += share * (point[k] - last[k]);
    await yieldToEvents();
    signal?.throwIfAborted();
  }
  const length = Math.sqrt(sum.reduce((square, value) => square + value * value, 0));
  return Float32Array.from(sum, (value) => value / length);
}

/** Vectors that span a plane, of any angle and length; null v for a line. */
interface Span {
  readonly u: Float32Array;
  readonly v: Float32Array | null;
}

/** The points' orthogonal projections onto centre + αu + βv. Rejects with the signal's reason, or where u and v are parallel. */
export async function projectPath(
  points: readonly Float32Array[],
  centre: Float32Array,
  { u, v }: Span,
  { signal }: PassOptions = {},
): Promise<PathPlaces> {
  const [uu, uv, vv] = [dot(u, u), v ? dot(u, v) : 0, v ? dot(v, v) : 1];
  const determinant = uu * vv - uv * uv;
  if (!(determinant > 1e-12 * uu * vv)) throw new ComparisonError("The two directions of the plane are parallel.");
  const second = v ?? new Float32Array(u.length);
  const places = {
    alpha: new Float64Array(points.length),
    beta: new Float64Array(points.length),
    offPlane: new Float64Array(points.length),
  };
  for (const [i, point] of points.entries()) {
    const [onU, onV] = offsetDots(point, centre, u, second);
    const alpha = (vv * onU - uv * onV) / determinant;
    const beta = (uu * onV - uv * onU) / determinant;
    places.alpha[i] = alpha;
    places.beta[i] = beta;
    places.offPlane[i] = distanceToPlace(point, centre, { u, v: second }, alpha, beta);
    await yieldToEvents();
    signal?.throwIfAborted();
  }
  return places;
}

/** ⟨point − centre, u⟩ and ⟨point − centre, v⟩. */
function offsetDots(point: Float32Array, centre: Float32Array, u: Float32Array, v: Float32Array): [number, number] {
  let onU = 0;
  let onV = 0;
  for (let k = 0; k < point.length; k++) {
    const offset = point[k] - centre[k];
    onU += offset * u[k];
    onV += offset * v[k];
  }
  return [onU, onV];
}

function distanceToPlace(
  point: Float32Array,
  centre: Float32Array,
  { u, v }: { readonly u: Float32Array; readonly v: Float32Array },
  alpha: number,
  beta: number,
): number {
  let square = 0;
  for (let k = 0; k < point.length; k++) {
    const rest = point[k] - centre[k] - alpha * u[k] - beta * v[k];
    square += rest * rest;
  }
  return Math.sqrt(square);
}
