/**
 * A training's trajectory in its principal plane (Li et al. 2018, section 7): rows θ_i − θ_n, centred by column; their
 * principal directions by the Gram matrix of the n + 1 rows, whatever the number of parameters.
 */
import { symmetricEigen } from "../curvature/solvers/symmetric-eigen.ts";
import { dot, norm } from "../landscape/vectors.ts";
import { ComparisonError } from "./comparison-error.ts";
import { difference } from "./parameter-distances.ts";

export interface PrincipalDirections {
  /** Unit vectors, that of the largest variance first. */
  readonly directions: readonly Float32Array[];
  /** The fraction of the variance along every principal direction, largest first; their sum is 1. */
  readonly explained: Float64Array;
}

/** Directions with less than this part of the variance are rounding. */
const leastExplained = 1e-12;

/** `points` are the checkpoints' parameters in order. Throws ComparisonError where they span fewer than `count` directions. */
export function principalDirections(points: readonly Float32Array[], count: number): PrincipalDirections {
  const rows = points.map((point) => difference(point, points[points.length - 1]));
  const gram = centredGram(rows);
  const { values, vectors } = symmetricEigen(gram);
  const order = [...values.keys()].sort((a, b) => values[b] - values[a]);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const explained = Float64Array.from(order.slice(0, -1), (k) => (total > 0 ? Math.max(0, values[k]) / total : 0));
  const spanned = explained.filter((part) => part > leastExplained).length;
  if (spanned < count)
    throw new ComparisonError(
      `${points.length} checkpoints span ${spanned} directions, and ${count} are asked for. ` +
        "Keep checkpoints more often, or train for longer.",
    );
  const directions = order.slice(0, count).map((k) => combination(rows, vectors[k]));
  return { directions, explained };
}

/** Inner products of the rows less their mean, in float64. */
function centredGram(rows: readonly Float32Array[]): number[][] {
  const n = rows.length;
  const raw = rows.map((row, i) => rows.map((other, j) => (j < i ? 0 : dot(row, other))));
  const at = (i: number, j: number) => (i <= j ? raw[i][j] : raw[j][i]);
  const means = rows.map((_, i) => rows.reduce((sum, __, j) => sum + at(i, j), 0) / n);
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  return rows.map((_, i) => rows.map((__, j) => at(i, j) - means[i] - means[j] + mean));
}

/** The unit vector along Σ w_i (row_i − mean). */
function combination(rows: readonly Float32Array[], weights: ArrayLike<number>): Float32Array {
  const shift = Array.from(weights).reduce((sum, weight) => sum + weight, 0) / rows.length;
  const sum = new Float64Array(rows[0].length);
  rows.forEach((row, i) => {
    const share = weights[i] - shift;
    for (let k = 0; k < row.length; k++) sum[k] += share * row[k];
  });
  const length = Math.sqrt(sum.reduce((square, value) => square + value * value, 0));
  return Float32Array.from(sum, (value) => value / length);
}

/** A path in a plane: coordinates, and how far each point lies off the plane. */
export interface ProjectedPath {
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  /** ‖θ_i − centre − αu − βv‖ */
  readonly offPlane: Float64Array;
}

/** The points' projections onto centre + αu + βv, u and v of any angle and length; null v for a line. */
export function projectPath(
  points: readonly Float32Array[],
  centre: Float32Array,
  { u, v }: { readonly u: Float32Array; readonly v: Float32Array | null },
): ProjectedPath {
  const [uu, uv, vv] = [dot(u, u), v ? dot(u, v) : 0, v ? dot(v, v) : 1];
  const determinant = uu * vv - uv * uv;
  if (!(determinant > 1e-12 * uu * vv)) throw new ComparisonError("The two directions of the plane are parallel.");
  const found = points.map((point) => {
    const offset = difference(point, centre);
    const [onU, onV] = [dot(offset, u), v ? dot(offset, v) : 0];
    const alpha = (vv * onU - uv * onV) / determinant;
    const beta = v ? (uu * onV - uv * onU) / determinant : 0;
    const rest = offset.map((value, k) => value - alpha * u[k] - (v ? beta * v[k] : 0));
    return { alpha, beta, offPlane: norm(rest) };
  });
  return {
    alpha: Float64Array.from(found, ({ alpha }) => alpha),
    beta: Float64Array.from(found, ({ beta }) => beta),
    offPlane: Float64Array.from(found, ({ offPlane }) => offPlane),
  };
}
