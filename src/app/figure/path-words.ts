/** A training's path over a figure in words: sentences of the caption, and the summary for those who do not see it. */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import { formatCount, formatFixed, formatPercent, formatValue } from "../kit/format.ts";
import type { Figure } from "./figure.ts";
import { type FigurePath, isInside, offShare, pathValue, placeOf } from "./figure-path.ts";
import { metricNames } from "./metric.ts";

/** What the tube's width stands for, beside it in a legend. */
export const pathKey = "path thickness: distance from the plane";

/** What stands in the path's place before there is one; it never waits for the rest of the surface. */
export function missingPathWords(status: "idle" | "queued" | "running" | "complete" | "cancelled" | "failed"): string {
  switch (status) {
    case "queued":
    case "running":
      return "Projecting the path …";
    case "cancelled":
      return "The path was cancelled";
    case "failed":
      return "The path could not be projected";
    default:
      return "No path in this plane yet";
  }
}

export interface PathFacts {
  readonly count: number;
  readonly measured: number;
  /** Measured points whose loss is not a finite number. */
  readonly nonFinite: number;
  /** Points beyond the frame. */
  readonly outside: number;
  /** Median of the distances off the plane, as fractions of ‖θₙ − θ₀‖. */
  readonly medianOff: number;
  readonly mostOff: number;
}

export function pathFacts(path: FigurePath, grid: ProgressiveGrid): PathFacts {
  const count = path.step.length;
  const indices = Array.from({ length: count }, (_, index) => index);
  const shares = indices.map((index) => offShare(path, index)).sort((a, b) => a - b);
  const middle = count >> 1;
  return {
    count,
    measured: path.measured.reduce((sum, flag) => sum + flag, 0),
    nonFinite: indices.filter((index) => path.measured[index] && !Number.isFinite(path.loss[index])).length,
    outside: indices.filter((index) => !isInside(placeOf(grid, path.alpha[index], path.beta[index]))).length,
    medianOff: count % 2 ? shares[middle] : (shares[middle - 1] + shares[middle]) / 2,
    mostOff: shares[count - 1],
  };
}

/** "PC 1 71 %, PC 2 12 %" for the directions that are principal ones of the path; empty for none. */
export function explainedWords(explained: FigurePath["explained"], ranks: readonly (number | null)[]): string {
  const parts = ranks.flatMap((rank, axis) => {
    const share = explained[axis];
    return rank === null || share == null ? [] : [`PC ${rank} ${formatPercent(share, share < 0.1 ? 1 : 0)}`];
  });
  return parts.join(", ");
}

/** Which principal direction of the path each axis is; null for others. */
export const principalRanks = ({ x, y }: Pick<SurfaceView, "x" | "y">): (number | null)[] =>
  [x, y].map((direction) => (direction?.kind === "pca" ? direction.index : null));

const span = ({ rows }: ProgressiveGrid) => (rows > 1 ? "plane" : "line");

/** How the path was made and how much of it the figure can show. `ranks` of directions that are principal ones. */
export function pathCaption(path: FigurePath, grid: ProgressiveGrid, ranks: readonly (number | null)[]): string {
  const { count, outside, medianOff, mostOff } = pathFacts(path, grid);
  const variance = explainedWords(path.explained, ranks);
  const sentences = [
    `The training’s path: ${formatCount(count)} recorded points from step ${formatCount(path.step[0])} to ${formatCount(
      path.step[count - 1],
    )}, projected orthogonally onto the ${span(grid)}, each at its own loss; ${formatPercent(medianOff)} of ‖θₙ − θ₀‖ off the ${span(
      grid,
    )} in the median, ${formatPercent(mostOff)} at most${outside > 0 ? `; ${formatCount(outside)} of the points lie beyond the frame` : ""}.`,
    variance ? `Variance of the path along the directions: ${variance}.` : "",
  ];
  return sentences.filter(Boolean).join(" ");
}

export function pathSummary(path: FigurePath, { grid, metric }: Pick<Figure, "grid" | "metric">): string {
  const { count, measured, nonFinite, outside, medianOff, mostOff } = pathFacts(path, grid);
  const name = metricNames[metric].toLowerCase();
  const last = count - 1;
  const at = (index: number) => {
    const beta = grid.rows > 1 ? `, β = ${formatFixed(path.beta[index], 3)}` : "";
    const value = path.measured[index] ? ` with ${name} ${formatValue(pathValue(path, metric, index))}` : "";
    return `α = ${formatFixed(path.alpha[index], 3)}${beta}${value}`;
  };
  const sentences = [
    `Path of training: ${formatCount(count)} points${measured < count ? `, ${formatCount(measured)} measured` : ""}, from ${at(0)} at step ${formatCount(
      path.step[0],
    )} to ${at(last)} at step ${formatCount(path.step[last])}.`,
    `Off the ${span(grid)}: ${formatPercent(medianOff)} of the whole way in the median, ${formatPercent(mostOff)} at most.`,
    outside > 0 ? `${formatCount(outside)} points lie beyond the frame.` : "",
    nonFinite > 0 ? `The loss of ${formatCount(nonFinite)} points is not finite.` : "",
  ];
  return sentences.filter(Boolean).join(" ");
}
