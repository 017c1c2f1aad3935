/**
 * A convexity map as a layer of colour: |λ_min/λ_max| at the points of a coarse grid, bilinear between them. What is not
 * measured is interpolated from what is, and says so.
 */
import { formatValue } from "../kit/format.ts";
import { fillUnknown } from "./fill.ts";

/** What has come of a convexity map. Row-major, beta slow. */
export interface ConvexityValues {
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly largest: Float64Array;
  readonly smallest: Float64Array;
  /** 1 where measured. A measured value may be no number: that is a result, not a gap. */
  readonly measured: Uint8Array;
}

/** How a convexity map was measured. */
export interface ConvexityMethod {
  /** Bound on the residuals, over the larger |λ|. */
  readonly tolerance: number;
  /** Parameters of rank 2 and more. Null until the job has begun. */
  readonly dimension: number | null;
  /** Points whose solve ended short of the tolerance. */
  readonly unconverged: number;
}

export interface ConvexityLayer {
  readonly columns: number;
  readonly rows: number;
  /** RGBA per point: the ratio; 1 where measured; 1 where the measured one is not finite; 0. */
  readonly texels: Float32Array<ArrayBuffer>;
  readonly values: ConvexityValues;
  readonly measuredCount: number;
  readonly nonFiniteCount: number;
  /** Extremes of the finite measured ratios, and their points; −1 without any. */
  readonly minCell: number;
  readonly maxCell: number;
}

const channels = 4;

/** 0 where no direction curves down; 1 where the loss curves down as much as up. Not a number for a Hessian of zeros. */
export function convexityRatio({ largest, smallest }: ConvexityValues, cell: number): number {
  return Math.abs(smallest[cell] / largest[cell]);
}

export function buildConvexityLayer(values: ConvexityValues): ConvexityLayer {
  const { alpha, beta, measured } = values;
  const [columns, rows] = [alpha.length, beta.length];
  const ratios = new Float64Array(columns * rows);
  const known = new Uint8Array(columns * rows);
  const texels = new Float32Array(columns * rows * channels);
  let [measuredCount, nonFiniteCount, minCell, maxCell] = [0, 0, -1, -1];
  for (let cell = 0; cell < known.length; cell++) {
    if (!measured[cell]) continue;
    measuredCount++;
    const ratio = convexityRatio(values, cell);
    texels[cell * channels + 1] = 1;
    if (!Number.isFinite(ratio)) {
      nonFiniteCount++;
      texels[cell * channels + 2] = 1;
      continue;
    }
    [known[cell], ratios[cell]] = [1, ratio];
    if (minCell < 0 || ratio < ratios[minCell]) minCell = cell;
    if (maxCell < 0 || ratio > ratios[maxCell]) maxCell = cell;
  }
  fillUnknown(ratios, known, columns, rows);
  for (let cell = 0; cell < ratios.length; cell++) texels[cell * channels] = ratios[cell];
  return { columns, rows, texels, values, measuredCount, nonFiniteCount, minCell, maxCell };
}

/** Ratio, share of measured and of non-finite points around, bilinear; `u` and `v` from 0 to 1 along α and β. */
export type LayerSample = readonly [ratio: number, measured: number, nonFinite: number];

export function sampleLayer({ columns, rows, texels }: ConvexityLayer, u: number, v: number): LayerSample {
  const [left, right, s] = bracket(u, columns);
  const [below, above, t] = bracket(v, rows);
  const mix = (channel: number) => {
    const at = (column: number, row: number) => texels[(row * columns + column) * channels + channel];
    const low = at(left, below) * (1 - s) + at(right, below) * s;
    const high = at(left, above) * (1 - s) + at(right, above) * s;
    return low * (1 - t) + high * t;
  };
  return [mix(0), mix(1), mix(2)];
}

/** The layer at every vertex of a grid over the same rectangle, RGBA as its own texels: what `sampleLayer` gives there. */
export function layerTexels({ columns, rows, texels }: ConvexityLayer, width: number, height: number): Float32Array {
  const across = Array.from({ length: width }, (_, column) => bracket(column / (width - 1), columns));
  const result = new Float32Array(width * height * channels);
  let to = 0;
  for (let row = 0; row < height; row++) {
    const [below, above, t] = bracket(row / (height - 1), rows);
    const [low, high] = [below * columns, above * columns];
    for (let column = 0; column < width; column++, to += channels) {
      const [left, right, s] = across[column];
      for (let channel = 0; channel < 3; channel++) {
        const lowest =
          texels[(low + left) * channels + channel] * (1 - s) + texels[(low + right) * channels + channel] * s;
        const highest =
          texels[(high + left) * channels + channel] * (1 - s) + texels[(high + right) * channels + channel] * s;
        result[to + channel] = lowest * (1 - t) + highest * t;
      }
    }
  }
  return result;
}

function bracket(fraction: number, count: number): readonly [before: number, after: number, t: number] {
  const at = Math.min(Math.max(fraction, 0), 1) * (count - 1);
  const before = Math.min(Math.floor(at), Math.max(0, count - 2));
  return [before, Math.min(before + 1, count - 1), at - before];
}

/** The value at a place for the readout; "≈" between points. */
export function convexityText(layer: ConvexityLayer, u: number, v: number): string {
  const [ratio, measured, nonFinite] = sampleLayer(layer, u, v);
  if (measured <= 0.5) return "not measured yet";
  if (nonFinite > 0.5) return "not finite";
  const isPoint = [u * (layer.columns - 1), v * (layer.rows - 1)].every((at) => Math.abs(at - Math.round(at)) < 1e-9);
  return `${isPoint ? "" : "≈ "}${formatValue(ratio, 3)}`;
}
