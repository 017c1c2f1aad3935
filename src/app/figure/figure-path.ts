/** A run's recorded points in the plane, or on the line, of a figure. */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import type { ProjectedPath } from "../../experiment/trajectory.ts";
import type { DisplayGrid } from "./display-grid.ts";
import { type Metric, metricAt } from "./metric.ts";
import { fromScale } from "./value-scale.ts";

/** Points in order of training; loss, its error and accuracy are NaN where `measured` is 0. */
export interface FigurePath extends ProjectedPath {
  readonly measured: Uint8Array;
  /** ‖θₙ − θ₀‖ between the last point and the first: what distances off the plane are compared with. */
  readonly extent: number;
  /** Fraction of the path's variance along each direction that is one of its principal ones; null for others. */
  readonly explained: readonly (number | null)[];
}

/** The part of the plane that is drawn, as fractions: 0 to 1 between the ends of an axis. */
export interface PlacedPoint {
  readonly u: number;
  /** 0.5 on a line, which has no second axis. */
  readonly v: number;
}

export function placeOf(grid: ProgressiveGrid, alpha: number, beta: number): PlacedPoint {
  const { columns, rows } = grid;
  const along = (axis: Float64Array, last: number, coordinate: number) =>
    (coordinate - axis[0]) / (axis[last] - axis[0]);
  return {
    u: along(grid.alpha, columns - 1, alpha),
    v: rows > 1 ? along(grid.beta, rows - 1, beta) : 0.5,
  };
}

/** A projection within rounding of the frame's edge lies inside. */
const slack = 1e-6;

export const isInside = ({ u, v }: PlacedPoint) => u >= -slack && u <= 1 + slack && v >= -slack && v <= 1 + slack;

export const pathValue = (path: FigurePath, metric: Metric, index: number): number =>
  path.measured[index] ? metricAt(path, metric, index) : Number.NaN;

/** Distance off the plane as a fraction of the whole way; 0 for a path that went nowhere. */
export const offShare = (path: FigurePath, index: number): number =>
  path.extent > 0 ? path.offPlane[index] / path.extent : 0;

/** What a segment from one placed point to the next has inside the frame, from 0 to 1 along it; null for nothing (Liang and Barsky 1984). */
export function clipSegment(from: PlacedPoint, to: PlacedPoint): readonly [number, number] | null {
  let [start, end] = [0, 1];
  for (const [at, step] of [
    [from.u, to.u - from.u],
    [from.v, to.v - from.v],
  ]) {
    for (const [room, towards] of [
      [at, -step],
      [1 - at, step],
    ]) {
      if (towards === 0) {
        if (room < 0) return null;
      } else if (towards < 0) start = Math.max(start, room / towards);
      else end = Math.min(end, room / towards);
    }
  }
  return start <= end ? [start, end] : null;
}

/** The drawn surface at a place, in the metric's units; NaN where it is not measured. */
export function surfaceAt({ texels, columns, rows, kind }: DisplayGrid, { u, v }: PlacedPoint): number {
  if (!isInside({ u, v })) return Number.NaN;
  const at = (fraction: number, count: number) => {
    const place = Math.min(Math.max(fraction, 0), 1) * (count - 1);
    const low = Math.min(Math.floor(place), Math.max(0, count - 2));
    return { low, high: Math.min(low + 1, count - 1), part: place - low };
  };
  const [x, y] = [at(u, columns), at(rows > 1 ? v : 0, rows)];
  const corners = [
    [x.low, y.low, (1 - x.part) * (1 - y.part)],
    [x.high, y.low, x.part * (1 - y.part)],
    [x.low, y.high, (1 - x.part) * y.part],
    [x.high, y.high, x.part * y.part],
  ];
  let [scaled, measured] = [0, 0];
  for (const [column, row, weight] of corners) {
    const texel = (row * columns + column) * 4;
    scaled += weight * texels[texel];
    measured += weight * texels[texel + 1];
  }
  return measured > 0.5 ? fromScale(scaled, kind) : Number.NaN;
}
