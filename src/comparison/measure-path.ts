/** Loss and accuracy at points of a path, on two sets. */
import type { SetMetrics } from "../execution/evaluator.ts";
import { Pipeline } from "../execution/pipeline.ts";
import type { WorkWindow } from "../execution/work-window.ts";
import { mixStatistics } from "../landscape/interpolated-statistics.ts";
import type { PlaneEvaluator } from "../landscape/plane-evaluator.ts";
import type { FlatWeights } from "../models/weights.ts";
import type { PathPiece, PathPoint } from "./path.ts";

/** A point of a path by its number among those to measure. */
export interface NumberedPoint extends PathPoint {
  readonly index: number;
  readonly t: number;
}

/** What a worker that measures some of a path's points must know of the path. */
export interface PathPart {
  readonly pieces: readonly PathPiece[];
  /** The points, in the order to measure. */
  readonly points: readonly NumberedPoint[];
  /** BatchNorm's statistics at both ends; the first end's are used everywhere unless they are interpolated. */
  readonly states: readonly [FlatWeights["state"], FlatWeights["state"]];
  readonly interpolated: boolean;
}

export interface MeasurePathOptions extends PathPart {
  /** An evaluator for this model's layouts that also measures a second set of images. */
  readonly evaluator: PlaneEvaluator;
  readonly window: WorkWindow;
  readonly signal?: AbortSignal;
  /** Metrics of both sets, in the order measured: piece by piece. */
  onPoint(point: NumberedPoint, metrics: SetMetrics, alongside: SetMetrics): void | Promise<void>;
}

/** Points that may be enqueued before the first of them is read. */
const pointsAhead = 16;

/** Rejects with the signal's reason or the backend's error. */
export async function measurePath(options: MeasurePathOptions): Promise<void> {
  const { pieces, points, states, interpolated, evaluator, window, signal, onPoint } = options;
  const pipeline = new Pipeline(pointsAhead);
  for (const [number, { centre, u, v }] of pieces.entries()) {
    const own = points.filter(({ piece }) => piece === number);
    if (own.length === 0) continue;
    evaluator.place({ theta: centre, state: states[0] }, { u, v });
    for (const point of own) {
      const { t, alpha, beta } = point;
      if (interpolated) evaluator.setStatistics(mixStatistics(states, [1 - t, t]));
      const { metrics, alongside } = await evaluator.enqueue(alpha, beta, window, signal);
      if (!alongside) throw new RangeError("The evaluator has no set alongside.");
      await pipeline.add(Promise.all([metrics, alongside]), ([found, other]) => onPoint(point, found, other));
    }
  }
  await pipeline.drain();
}
