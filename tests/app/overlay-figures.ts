/** Figures with something drawn over them, in closed form. */
import { buildConvexityLayer, type ConvexityLayer } from "../../src/app/figure/convexity-layer.ts";
import type { QuadraticModel } from "../../src/experiment/curvature.ts";
import { axisValues } from "../../src/experiment/grid.ts";
import { ProgressiveGrid } from "../../src/experiment/progressive-grid.ts";

export const saddle: QuadraticModel = { loss: 0.5, gradient: [0.25, -1], hessian: [4, 1, -2] };

/** A whole grid on [−1, 1]²; on the line of it at β = 0 where `rows` is 1. */
export function gridOf(count: number, loss: (alpha: number, beta: number) => number, rows = count): ProgressiveGrid {
  const axis = { min: -1, max: 1, count };
  const grid = new ProgressiveGrid(axis, rows === 1 ? null : { ...axis, count: rows });
  const cells = Uint32Array.from({ length: grid.size }, (_, cell) => cell);
  const values = Float64Array.from(cells, (cell) =>
    loss(grid.alpha[cell % count], grid.beta[Math.floor(cell / count)]),
  );
  grid.apply({ cells, loss: values, lossError: values, accuracy: values });
  return grid;
}

/** On [−1, 1]²: the largest eigenvalue is 2 everywhere. Cells without a value are not measured. */
export function layerOf(count: number, ratios: readonly (number | null)[]): ConvexityLayer {
  const coordinates = axisValues({ min: -1, max: 1, count });
  return buildConvexityLayer({
    alpha: coordinates,
    beta: coordinates,
    largest: Float64Array.from(ratios, (ratio) => (ratio === null ? Number.NaN : 2)),
    smallest: Float64Array.from(ratios, (ratio) => (ratio === null ? Number.NaN : -2 * ratio)),
    measured: Uint8Array.from(ratios, (ratio) => (ratio === null ? 0 : 1)),
  });
}
