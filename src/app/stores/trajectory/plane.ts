/** Settings of a surface that show a training's path: the plane of its largest variance, or a range that holds it. */
import { usualFor } from "../../../experiment/direction-treatment.ts";
import type { SurfaceView } from "../../../experiment/surface-view.ts";
import type { Trajectory } from "../../../experiment/trajectory.ts";
import type { FigurePath } from "../../figure/figure-path.ts";
import { rangeAround } from "./range.ts";

/** Fewest points a side with which a range can have one at θ and room on both sides. */
const fewestPointsASide = 3;

const around = (coordinates: Float64Array, { count }: SurfaceView["alpha"]) =>
  rangeAround(coordinates, Math.max(fewestPointsASide, count));

/** Unnormalised and with biases, or the plane would not be that of the path: all changes are one step of undo. */
export function pathPlane({ alpha, beta }: Trajectory, view: SurfaceView): Partial<SurfaceView> {
  return {
    x: { kind: "pca", index: 1 },
    y: { kind: "pca", index: 2 },
    ...usualFor("pca"),
    orthogonalize: false,
    alpha: around(alpha, view.alpha),
    beta: around(beta, view.beta),
  };
}

/** The range that fits the path in whatever plane or line it is drawn. */
export function fittedRange({ alpha, beta }: FigurePath, view: SurfaceView): Partial<SurfaceView> {
  return { alpha: around(alpha, view.alpha), ...(view.y && { beta: around(beta, view.beta) }) };
}
