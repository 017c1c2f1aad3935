/** Comparisons of eigenspaces (Gur-Ari, Roberts & Dyer 2018). All take orthonormal vectors, and sum in float64. */
import { CurvatureError } from "./curvature-error.ts";

function dot(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new CurvatureError(`Vectors of ${a.length} and of ${b.length} numbers.`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** ‖VᵀV′‖_F²/k of two k-dimensional spaces: 1 when they are the same, 0 when orthogonal, k/P on average at random. */
export function subspaceOverlap(first: readonly Float32Array[], second: readonly Float32Array[]): number {
  if (first.length !== second.length || first.length === 0) {
    throw new CurvatureError(
      `Spaces of ${first.length} and ${second.length} dimensions have no overlap in this sense.`,
    );
  }
  const squares = first.flatMap((v) => second.map((w) => dot(v, w) ** 2));
  return squares.reduce((sum, square) => sum + square, 0) / first.length;
}

/** Σᵢ ⟨vᵢ, g/‖g‖⟩²: the share of a gradient's square in the space of `vectors`. Throws CurvatureError for a zero gradient. */
export function gradientFraction(vectors: readonly Float32Array[], gradient: Float32Array): number {
  const square = dot(gradient, gradient);
  if (!(square > 0)) throw new CurvatureError("The gradient is zero or not finite: it has no direction.");
  return vectors.reduce((sum, vector) => sum + dot(vector, gradient) ** 2, 0) / square;
}
