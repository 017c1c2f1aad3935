/** A density on a fixed grid: only σ changes while a slider is moved. */
import { type DensityAxis, density, nodeRange } from "../../../../curvature/estimators/density.ts";
import type { QuadratureRun } from "../../../../experiment/curvature.ts";

/** The density's axis, in its own coordinate. */
export interface DensityGround {
  readonly axis: DensityAxis;
  readonly grid: Float64Array;
  readonly span: number;
  /** The outermost nodes. */
  readonly nodes: { readonly min: number; readonly max: number };
}

export interface DensityCurve {
  readonly grid: Float64Array;
  readonly mean: Float64Array;
  /** NaN of a single probe. */
  readonly standardError: Float64Array;
  readonly sigma: number;
}

const points = 2400;
/** Beyond the nodes on either side, of their span. */
const room = 0.08;
/** Decades of |λ| below the largest that the logarithmic axis shows. */
const decadesShown = 9;

/** Null when no node lies on the axis. */
export function densityGround(runs: readonly QuadratureRun[], axis: DensityAxis): DensityGround | null {
  const places = runs.some(({ nodes }) => nodes.some((node) => axis === "linear" || node !== 0));
  if (!places) return null;
  const { min, max } = nodeRange(runs, axis);
  const low = axis === "linear" ? min : Math.max(min, max - decadesShown);
  const span = max - low || 1;
  const start = low - room * span;
  const grid = Float64Array.from({ length: points }, (_, i) => start + ((1 + 2 * room) * span * i) / (points - 1));
  return { axis, grid, span, nodes: { min, max } };
}

/** `logSigma`: log₁₀ of σ over the span. */
export function densityCurve(
  runs: readonly QuadratureRun[],
  { axis, grid, span }: DensityGround,
  logSigma: number,
): DensityCurve {
  const sigma = span * 10 ** logSigma;
  return { grid, sigma, ...density(runs, grid, sigma, axis) };
}
