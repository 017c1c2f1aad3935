/** Loss and accuracy at points of a path, on two sets. */
import { coarseToFine } from "../landscape/grid.ts";
import { mixStatistics } from "../landscape/interpolated-statistics.ts";
import type { PlaneEvaluator } from "../landscape/plane-evaluator.ts";
import type { FlatWeights } from "../models/weights.ts";
import type { SetFigures } from "../training/evaluator.ts";
import { Pipeline } from "../training/pipeline.ts";
import type { WorkWindow } from "../training/work-window.ts";
import type { Path } from "./path.ts";

export interface MeasurePathOptions {
  readonly path: Path;
  /** From 0 to 1. */
  readonly t: Float64Array;
  /** Of this model's layouts, with a set alongside. */
  readonly evaluator: PlaneEvaluator;
  /** BatchNorm's statistics at both ends; the first end's are used everywhere unless they are interpolated. */
  readonly states: readonly [FlatWeights["state"], FlatWeights["state"]];
  readonly interpolated: boolean;
  readonly window: WorkWindow;
  readonly signal?: AbortSignal;
  /** Figures of both sets, in the order measured: coarse to fine within each piece of the path. */
  onPoint(index: number, figures: SetFigures, alongside: SetFigures): void | Promise<void>;
}

/** Points that may be enqueued before the first of them is read. */
const pointsAhead = 16;

/** Rejects with the signal's reason or the backend's error. */
export async function measurePath(options: MeasurePathOptions): Promise<void> {
  const { path, t, evaluator, states, interpolated, window, signal, onPoint } = options;
  const pipeline = new Pipeline(pointsAhead);
  const places = Array.from(t, (value) => path.at(value));
  for (const [number, { centre, u, v }] of path.pieces.entries()) {
    const own = [...coarseToFine(t.length, 1)].filter((index) => places[index].piece === number);
    if (own.length === 0) continue;
    evaluator.place({ theta: centre, state: states[0] }, { u, v });
    for (const index of own) {
      const { alpha, beta } = places[index];
      if (interpolated) evaluator.setStatistics(mixStatistics(states, [1 - t[index], t[index]]));
      const { figures, alongside } = await evaluator.enqueue(alpha, beta, window, signal);
      if (!alongside) throw new RangeError("The evaluator has no set alongside.");
      await pipeline.add(Promise.all([figures, alongside]), ([found, other]) => onPoint(index, found, other));
    }
  }
  await pipeline.drain();
}
