/**
 * A convexity map as files. `convexity.npz` holds the exact values, `convexity.json` says how they came about and repeats
 * them. Grids are row-major with beta the slow axis.
 */
import type { ConvexityMap, PlaneConvexity, PlaneDescription } from "./curvature.ts";
import { writeNpz } from "./numpy/npz.ts";

/** |λ_min/λ_max| (Li et al. 2018, appendix): 0 where the loss is convex, towards 1 where it bends both ways alike. */
export const convexityRatio = ({ largest, smallest }: Pick<ConvexityMap, "largest" | "smallest">): Float64Array =>
  smallest.map((value, cell) => Math.abs(value / largest[cell]));

/**
 * A convexity map as JSON. Values that are not measured, or are no number, are null; `measured` tells one from the
 * other where it is known.
 */
export function convexityToJson(
  map: ConvexityMap & Partial<Pick<PlaneConvexity, "measured">>,
  plane: PlaneDescription,
) {
  const { status, tolerance, unconverged, products, alpha, beta, largest, smallest, measured, report } = map;
  const rows = (values: Float64Array | Uint8Array) =>
    Array.from(beta, (_, row) => [...values.subarray(row * alpha.length, (row + 1) * alpha.length)]);
  const document = {
    format: "basin-convexity",
    version: 1,
    status,
    tolerance,
    unconverged,
    products,
    plane,
    alpha: [...alpha],
    beta: [...beta],
    largest: rows(largest),
    smallest: rows(smallest),
    ratio: rows(convexityRatio(map)),
    ...(measured && { measured: rows(measured) }),
    report,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** alpha, beta, largest, smallest, ratio. */
export function convexityToNpz(map: ConvexityMap): Uint8Array<ArrayBuffer> {
  const { alpha, beta, largest, smallest } = map;
  const shape = [beta.length, alpha.length];
  return writeNpz({
    alpha: { shape: [alpha.length], data: alpha },
    beta: { shape: [beta.length], data: beta },
    largest: { shape, data: largest },
    smallest: { shape, data: smallest },
    ratio: { shape, data: convexityRatio(map) },
  });
}

/** A document of `convexityToJson` with its grids as lists without rows, for `parseResult`. */
export function withFlatGrids(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { ratio: _ratio, measured, ...rest } = document;
  const flat = (grid: unknown) => (Array.isArray(grid) ? grid.flat() : grid);
  const cells = flat(measured);
  return {
    ...rest,
    largest: flat(rest.largest),
    smallest: flat(rest.smallest),
    measured: Array.isArray(cells) ? Uint8Array.from(cells, Number) : cells,
  };
}
