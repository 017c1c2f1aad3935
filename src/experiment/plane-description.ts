import type { PlaneDescription } from "./curvature.ts";
import type { DirectionSource, SurfaceRequest } from "./surface.ts";

const nameOf = (direction: DirectionSource): string =>
  direction.kind === "random" ? `random:${direction.seed}` : direction.label;

/** Directions as reports of surfaces name them. */
export const describePlane = ({ x, y, normalization, biases, orthogonalize }: SurfaceRequest): PlaneDescription => ({
  x: nameOf(x),
  y: y && nameOf(y),
  normalization,
  biases,
  orthogonalize,
});
