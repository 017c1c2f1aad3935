/** A path as it comes from its job: coordinates at once, losses one by one. */
import type { SurfaceRequest } from "../../../experiment/surface.ts";
import { parseDirection } from "../../../experiment/surface-texts.ts";
import type { ProjectedPath, Trajectory, TrajectoryPoint } from "../../../experiment/trajectory.ts";
import type { JobEvent } from "../../../jobs/jobs.ts";
import type { FigurePath } from "../../figure/figure-path.ts";
import type { Plane } from "../plane.ts";
import { distanceBetween } from "./points.ts";

export class PathCollector {
  #path: FigurePath | null = null;
  readonly #fixed: Pick<FigurePath, "step" | "extent" | "explained">;

  constructor(points: readonly TrajectoryPoint[], { request }: Plane, principal: Trajectory | null) {
    this.#fixed = {
      step: Float64Array.from(points, ({ step }) => step),
      extent: distanceBetween(points[0].weights, points[points.length - 1].weights),
      explained: [request.x, request.y].map((direction) => explainedBy(direction, request, principal)),
    };
  }

  /** Null until the points are placed. */
  get path(): FigurePath | null {
    return this.#path;
  }

  receive(event: JobEvent<"projectTrajectory">): void {
    if (event.kind === "placed") {
      const { alpha, beta, offPlane } = event;
      const blank = () => new Float64Array(alpha.length).fill(Number.NaN);
      const values = { loss: blank(), lossError: blank(), accuracy: blank() };
      this.#path = { ...this.#fixed, alpha, beta, offPlane, ...values, measured: new Uint8Array(alpha.length) };
      return;
    }
    const before = this.#path;
    if (!before) return;
    const { index } = event;
    // A path that was handed out stays as it was.
    const next = {
      ...before,
      loss: before.loss.slice(),
      lossError: before.lossError.slice(),
      accuracy: before.accuracy.slice(),
      measured: before.measured.slice(),
    };
    next.loss[index] = event.loss;
    next.lossError[index] = event.lossError;
    next.accuracy[index] = event.accuracy;
    next.measured[index] = 1;
    this.#path = next;
  }

  /** The job's own result; of one that was cancelled, what had come. */
  finish(result: ProjectedPath & { readonly status: "complete" | "cancelled" }): FigurePath {
    const { alpha, beta, offPlane, loss, lossError, accuracy, status } = result;
    const all = new Uint8Array(alpha.length).fill(1);
    const measured = status === "complete" ? all : (this.#path?.measured ?? all.fill(0));
    return { ...this.#fixed, alpha, beta, offPlane, loss, lossError, accuracy, measured };
  }
}

/** What share of the variance lies along a direction: known of principal ones, where nothing normalises them. */
function explainedBy(
  direction: SurfaceRequest["x"] | null,
  { normalization, biases }: SurfaceRequest,
  principal: Trajectory | null,
): number | null {
  if (direction?.kind !== "vector" || normalization !== "none" || biases !== "include") return null;
  const parsed = parseDirection(direction.label, "direction");
  return parsed.kind === "pca" ? (principal?.explained[parsed.index - 1] ?? null) : null;
}
