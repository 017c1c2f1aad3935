/** Spectral densities drawn from stored quadratures, fast enough to follow a slider. */
import { CurvatureError } from "../curvature-error.ts";
import type { Quadrature } from "./lanczos-quadrature.ts";

/** `logAbs` is the density of log₁₀|λ|, as in Papyan 2019; nodes at exactly 0 lie at −∞ and are left out. */
export type DensityAxis = "linear" | "logAbs";

export interface Density {
  /** Mean over probes, at every place of the grid. */
  readonly mean: Float64Array;
  /** Standard error of the mean; NaN for a single probe. */
  readonly standardError: Float64Array;
}

/** Gaussians are cut where they are below 1e-16 of their height. */
const reachInSigmas = 8.6;

export const onAxis = (axis: DensityAxis, value: number): number =>
  axis === "linear" ? value : Math.log10(Math.abs(value));

/**
 * φ(t) = mean over probes of Σ τ² g_σ(t − θ), at an ascending `grid` in the axis's own coordinate; `sigma` likewise.
 * Throws CurvatureError without runs or with a σ that is not positive.
 */
export function density(
  runs: readonly Quadrature[],
  grid: Float64Array,
  sigma: number,
  axis: DensityAxis = "linear",
): Density {
  if (runs.length === 0) throw new CurvatureError("A density is drawn from at least one probe.");
  if (!(sigma > 0)) throw new CurvatureError(`σ is ${sigma}; it must be positive.`);
  const mean = new Float64Array(grid.length);
  /** Σ (φ − mean)², updated a probe at a time (Welford 1962). */
  const spread = new Float64Array(grid.length);
  runs.forEach((run, number) => {
    const single = smooth(run, grid, sigma, axis);
    for (let i = 0; i < grid.length; i++) {
      const deviation = single[i] - mean[i];
      mean[i] += deviation / (number + 1);
      spread[i] += deviation * (single[i] - mean[i]);
    }
  });
  const count = runs.length;
  const standardError = spread.map((sum) => (count > 1 ? Math.sqrt(sum / (count - 1) / count) : Number.NaN));
  return { mean, standardError };
}

/** The smoothed density of one probe, on the grid. */
function smooth({ nodes, weights }: Quadrature, grid: Float64Array, sigma: number, axis: DensityAxis): Float64Array {
  const result = new Float64Array(grid.length);
  const addGaussian = isEquidistant(grid) ? addByRecurrence : addPointByPoint;
  nodes.forEach((node, k) => {
    const center = onAxis(axis, node);
    const start = firstAtLeast(grid, center - reachInSigmas * sigma);
    const end = firstAtLeast(grid, center + reachInSigmas * sigma);
    addGaussian(result, grid, { start, end, center, sigma, height: weights[k] / (sigma * Math.sqrt(2 * Math.PI)) });
  });
  return result;
}

/** A Gaussian on the grid's points start … end − 1. */
interface Gaussian {
  readonly start: number;
  readonly end: number;
  readonly center: number;
  readonly sigma: number;
  readonly height: number;
}

function addPointByPoint(result: Float64Array, grid: Float64Array, { start, end, center, sigma, height }: Gaussian) {
  const exponent = -1 / (2 * sigma * sigma);
  for (let i = start; i < end; i++) result[i] += height * Math.exp(exponent * (grid[i] - center) ** 2);
}

/** Values follow from one another by two multiplications for so many points: rounding then stays near 1e-11. */
const recurrenceLength = 256;

function addByRecurrence(result: Float64Array, grid: Float64Array, { start, end, center, sigma, height }: Gaussian) {
  const exponent = -1 / (2 * sigma * sigma);
  const step = (grid[grid.length - 1] - grid[0]) / (grid.length - 1);
  const growth = Math.exp(2 * exponent * step * step);
  for (let first = start; first < end; first += recurrenceLength) {
    const distance = grid[first] - center;
    let value = height * Math.exp(exponent * distance * distance);
    let ratio = Math.exp(exponent * step * (2 * distance + step));
    const last = Math.min(end, first + recurrenceLength);
    for (let i = first; i < last; i++) {
      result[i] += value;
      value *= ratio;
      ratio *= growth;
    }
  }
}

function isEquidistant(grid: Float64Array): boolean {
  if (grid.length < 2) return false;
  const step = (grid[grid.length - 1] - grid[0]) / (grid.length - 1);
  return grid.every((place, i) => Math.abs(place - grid[0] - i * step) <= 1e-6 * step);
}

function firstAtLeast(grid: Float64Array, value: number): number {
  let [low, high] = [0, grid.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (grid[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The span of all nodes on an axis. Throws CurvatureError when there is none. */
export function nodeRange(runs: readonly Quadrature[], axis: DensityAxis = "linear"): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { nodes } of runs) {
    for (const node of nodes) {
      const place = onAxis(axis, node);
      if (!Number.isFinite(place)) continue;
      min = Math.min(min, place);
      max = Math.max(max, place);
    }
  }
  if (min > max) throw new CurvatureError("No node lies on this axis.");
  return { min, max };
}

/** σ with σ² = 1e-5 · max(1, range) (Ghorbani et al. 2019). */
export const defaultSigma = ({ min, max }: { readonly min: number; readonly max: number }): number =>
  Math.sqrt(1e-5 * Math.max(1, max - min));

/** `points` places from a little below the nodes to a little above, where the density has gone. */
export function densityGrid(
  { min, max }: { readonly min: number; readonly max: number },
  sigma: number,
  points = 10_000,
): Float64Array {
  const [start, end] = [min - reachInSigmas * sigma, max + reachInSigmas * sigma];
  return Float64Array.from({ length: points }, (_, i) => start + ((end - start) * i) / (points - 1));
}

/** A spectrum mapped into [−1, 1], and back. */
export interface SpectrumMap {
  readonly center: number;
  readonly halfWidth: number;
}

/** Papyan's map: the range, widened by `margin` of it at both ends, onto [−1, 1]. */
export function papyanMap({ min, max }: { readonly min: number; readonly max: number }, margin = 0.05): SpectrumMap {
  const widened = (max - min) * (1 + 2 * margin);
  return { center: (min + max) / 2, halfWidth: widened > 0 ? widened / 2 : 1 };
}

export const mapRuns = (runs: readonly Quadrature[], { center, halfWidth }: SpectrumMap): Quadrature[] =>
  runs.map(({ nodes, weights }) => ({ nodes: nodes.map((node) => (node - center) / halfWidth), weights }));

/** Papyan's width for `steps` Lanczos steps on [−1, 1]: neighbouring nodes at distance 2/(m−1) meet at 1/κ of the height. */
export const papyanSigma = (steps: number, kappa = 3): number =>
  2 / ((Math.max(steps, 2) - 1) * Math.sqrt(8 * Math.log(kappa)));
