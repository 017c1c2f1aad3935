/**
 * A convexity map as files. `convexity.npz` holds the exact values, `convexity.json` says how they came about and repeats
 * them. Grids are row-major with beta the slow axis.
 */
import type { ConvexityMap } from "./curvature.ts";
import { writeNpz } from "./numpy/npz.ts";

/** |λ_min/λ_max| (Li et al. 2018, appendix): 0 where the loss is convex, towards 1 where it bends both ways alike. */
export const convexityRatio = ({ largest, smallest }: Pick<ConvexityMap, "largest" | "smallest">): Float64Array =>
  smallest.map((value, cell) => Math.abs(value / largest[cell]));

/** What a map's plane was: directions by name, and how they were scaled. */
export interface PlaneDescription {
  readonly x: string;
  readonly y: string | null;
  readonly normalization: string;
  readonly biases: string;
  readonly orthogonalize: boolean;
}

/** Of what is not measured the values are null. */
export function convexityToJson(map: ConvexityMap, plane: PlaneDescription): string {
  const { status, tolerance, unconverged, products, alpha, beta, largest, smallest, report } = map;
  const rows = (values: Float64Array) =>
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
