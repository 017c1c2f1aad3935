/** Settings of a surface along eigenvectors: the vectors as they are, as far as the loss bends along them by one nat. */
import { eigenpairOf, type Spectrum } from "../../experiment/curvature.ts";
import { usualTreatment } from "../../experiment/direction-treatment.ts";
import { eigenRange } from "../../experiment/eigen-range.ts";
import type { GridAxis } from "../../experiment/grid.ts";
import type { SurfaceView, ViewDirection } from "../../experiment/surface-view.ts";

type Pairs = Pick<Spectrum, "eigenvalues" | "vectors" | "top">;
type Ranges = Pick<SurfaceView, "x" | "y" | "alpha" | "beta">;

/** Further than the weights are from zero nothing of the loss is known from its curvature here. */
const farthest = (theta: Float32Array) => Math.sqrt(theta.reduce((sum, value) => sum + value * value, 0));

/** The plane of two pairs of a spectrum, for the examples and statistics that it is of: one step of undo. */
export function eigenPlane(
  spectrum: Spectrum,
  [first, second]: readonly [number, number],
  theta: Float32Array,
  { alpha, beta }: Pick<SurfaceView, "alpha" | "beta">,
): Partial<SurfaceView> {
  const { subset, batchNorm } = spectrum.report.request;
  const [x, y] = [first, second].map((index) => ({ kind: "eigen", index }) as const);
  const ranges = eigenRanges(spectrum, { x, y, alpha, beta }, theta);
  return { x, y, ...usualTreatment({ x, y }), orthogonalize: false, subset, batchNorm, ...ranges };
}

/** Ranges for those of the directions that are pairs of the spectrum. */
export function eigenRanges(pairs: Pairs, { x, y, alpha, beta }: Ranges, theta: Float32Array): Partial<SurfaceView> {
  const reach = farthest(theta);
  const along = (direction: ViewDirection | null) => {
    const pair = direction?.kind === "eigen" ? eigenpairOf(pairs, direction.index) : null;
    return pair && eigenRange(pair.eigenvalue, reach);
  };
  const [first, second] = [along(x), along(y)];
  return { ...(first && { alpha: { ...alpha, ...first } }), ...(second && { beta: { ...beta, ...second } }) };
}

/** One range for several runs: as far as the sharpest of them bends by one nat. */
export function sharedEigenRanges(
  runs: readonly { readonly pairs: Pairs; readonly theta: Float32Array }[],
  view: Ranges,
): Partial<SurfaceView> {
  const all = runs.map(({ pairs, theta }) => eigenRanges(pairs, view, theta));
  const narrowest = (axis: "alpha" | "beta") =>
    all
      .flatMap((ranges) => ranges[axis] ?? [])
      .reduce<GridAxis | null>((least, range) => (least && least.max <= range.max ? least : range), null);
  const [alpha, beta] = [narrowest("alpha"), narrowest("beta")];
  return { ...(alpha && { alpha }), ...(beta && { beta }) };
}
