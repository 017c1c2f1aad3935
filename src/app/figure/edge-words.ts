/** A best value on the border of what is measured: the surface goes on beyond it, so it is no minimum of the loss. */
import { formatFixed } from "../kit/format.ts";
import type { Figure } from "./figure.ts";
import { metricNames } from "./metric.ts";

/** Empty until the grid is whole, and where the best value lies inside it or no value is better than another. */
export function edgeWords({ grid, display, metric }: Pick<Figure, "grid" | "display" | "metric">): string {
  const isHigh = metric === "accuracy";
  const cell = isHigh ? display.maxCell : display.minCell;
  if (cell < 0 || grid.measuredCount < grid.size || display.min === display.max) return "";
  const [column, row] = [cell % grid.columns, Math.floor(cell / grid.columns)];
  const isLine = grid.rows === 1;
  const isOnEdge = column === 0 || column === grid.columns - 1 || (!isLine && (row === 0 || row === grid.rows - 1));
  if (!isOnEdge) return "";
  const beta = isLine ? "" : `, β = ${formatFixed(grid.beta[row], 3)}`;
  const place = `α = ${formatFixed(grid.alpha[column], 3)}${beta}`;
  return `The ${isHigh ? "largest" : "smallest"} ${metricNames[metric].toLowerCase()} lies ${
    isLine ? "at an end of the line" : "on the edge of the plane"
  }, at ${place}: beyond it the ${isLine ? "line" : "surface"} may go ${isHigh ? "higher" : "lower"}.`;
}
