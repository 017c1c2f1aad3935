/** The measured surface as triangles between measured, finite points: nothing interpolated, no holes filled. */
import type { Figure } from "../../figure/figure.ts";
import { metricAt } from "../../figure/metric.ts";
import { heightOf, type Relief } from "../../figure/relief.ts";
import { toScale } from "../../figure/value-scale.ts";

export interface SurfaceMesh {
  /** Cells of the grid that are vertices, in their order. */
  readonly cells: readonly number[];
  /** Vertices of triangles, three each, counter-clockwise seen from above. */
  readonly triangles: readonly number[];
}

/** Throws an Error where no triangle is measured. */
export function surfaceMesh({ grid, metric }: Pick<Figure, "grid" | "metric">): SurfaceMesh {
  const { columns, rows, measured } = grid;
  const cells: number[] = [];
  const vertexOf = new Int32Array(grid.size).fill(-1);
  for (let cell = 0; cell < grid.size; cell++) {
    if (!measured[cell] || !Number.isFinite(metricAt(grid, metric, cell))) continue;
    vertexOf[cell] = cells.length;
    cells.push(cell);
  }
  const triangles: number[] = [];
  const add = (...corners: readonly number[]) => {
    if (corners.every((vertex) => vertex >= 0)) triangles.push(...corners);
  };
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const vertex = row * columns + column;
      const [a, b, c, d] = [vertex, vertex + 1, vertex + 1 + columns, vertex + columns].map((cell) => vertexOf[cell]);
      // Of a square with one corner missing the other three still make a triangle.
      if (a < 0 || c < 0) {
        add(a, b, d);
        add(b, c, d);
      } else {
        add(a, b, c);
        add(a, c, d);
      }
    }
  }
  if (triangles.length === 0)
    throw new Error(
      "No three neighbouring points are measured yet: there is no mesh. Measure more of the surface first.",
    );
  return { cells, triangles };
}

/**
 * A point's position, the same as on the plate: α to the right, β away from the viewer, the scaled and clipped value
 * upwards; `top` at most.
 */
export function platePosition(
  { grid, metric, range }: Pick<Figure, "grid" | "metric" | "range">,
  relief: Relief,
  cell: number,
): readonly [right: number, away: number, up: number] {
  const [column, row] = [cell % grid.columns, Math.floor(cell / grid.columns)];
  return [
    relief.halfWidth * ((2 * column) / Math.max(1, grid.columns - 1) - 1),
    relief.halfDepth * ((2 * row) / Math.max(1, grid.rows - 1) - 1),
    heightOf(toScale(metricAt(grid, metric, cell), range.kind), range, relief),
  ];
}

/** Where the value stands in the drawn range, 0 to 1. */
export const rangeFraction = (
  { grid, metric, range }: Pick<Figure, "grid" | "metric" | "range">,
  cell: number,
): number => heightOf(toScale(metricAt(grid, metric, cell), range.kind), range, { halfWidth: 1, halfDepth: 1, top: 1 });
