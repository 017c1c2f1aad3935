/** What is drawn over a surface, for its files: the quadratic model at every point, the convexity map, the path. */
import { formatTable } from "../../experiment/csv.ts";
import { modelAdditions } from "../../experiment/quadratic-model.ts";
import type { SurfaceAdditions } from "../../experiment/surface-files.ts";
import { type ConvexityMethod, type ConvexityValues, convexityRatio } from "../figure/convexity-layer.ts";

import type { Figure } from "../figure/figure.ts";
import { pathDocument } from "./path-files.ts";

export function figureAdditions(
  { grid, model, layer, path = null }: Pick<Figure, "grid" | "model" | "layer"> & Partial<Pick<Figure, "path">>,
  method: ConvexityMethod,
): SurfaceAdditions {
  const { grids, documents } = model ? modelAdditions(model, grid) : { grids: {}, documents: {} };
  return {
    grids,
    documents: {
      ...documents,
      ...(layer && { convexity: { ...method, ...asLists(layer.values) } }),
      ...(path && { path: pathDocument(path) }),
    },
  };
}

/** Row-major, beta slow; null where not measured or not finite. */
function asLists({ alpha, beta, largest, smallest }: ConvexityValues) {
  const lists = { alpha, beta, largest, smallest };
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, Array.from(values)]));
}

/** One line a point, beta the slow axis; points not measured have empty values. */
export function convexityToCsv(values: ConvexityValues): string {
  const { alpha, beta, largest, smallest, measured } = values;
  const rows = Array.from(largest, (_, cell) => {
    const found = [largest[cell], smallest[cell], convexityRatio(values, cell)];
    const point = [alpha[cell % alpha.length], beta[Math.floor(cell / alpha.length)]];
    return [...point, ...found.map((value) => (measured[cell] ? value : null))];
  });
  return formatTable(["alpha", "beta", "largest", "smallest", "ratio"], rows);
}
