/** Loss and accuracy at points of a path, on several sets. */
import { coarseToFine } from "../landscape/grid.ts";
import { mixStatistics } from "../landscape/interpolated-statistics.ts";
import type { PlaneEvaluator } from "../landscape/plane-evaluator.ts";
import type { FlatWeights } from "../models/weights.ts";
import type { SetFigures } from "../training/evaluator.ts";
import { Pipeline } from "../training/pipeline.ts";
import type { WorkWindow } from "../training/work-window.ts";
import type { Path } from "./path.ts";

export interface MeasurePathOptions<Split extends string> {
  readonly path: Path;
  /** From 0 to 1. */
  readonly t: Float64Array;
  /** For each set that is evaluated, one with this model's layouts. */
  readonly evaluators: Readonly<Record<Split, PlaneEvaluator>>;
  /** BatchNorm's statistics at both ends; the first end's are used everywhere unless they are interpolated. */
  readonly states: readonly [FlatWeights["state"], FlatWeights["state"]];
  readonly interpolated: boolean;
  readonly window: WorkWindow;
  readonly signal?: AbortSignal;
  /** In the order measured: coarse to fine within each piece of the path. */
  onPoint(index: number, figures: Readonly<Record<Split, SetFigures>>): void | Promise<void>;
}

/** Points that may be enqueued before the first of them is read. */
const pointsAhead = 16;

/** Rejects with the signal's reason or the backend's error. */
export async function measurePath<Split extends string>(options: MeasurePathOptions<Split>): Promise<void> {
  const { path, t, evaluators, states, interpolated, window, signal, onPoint } = options;
  const splits = Object.keys(evaluators) as Split[];
  const pipeline = new Pipeline(pointsAhead);
  const places = Array.from(t, (value) => path.at(value));
  for (const [number, { centre, u, v }] of path.pieces.entries()) {
    const own = [...coarseToFine(t.length, 1)].filter((index) => places[index].piece === number);
    if (own.length === 0) continue;
    for (const split of splits) evaluators[split].place({ theta: centre, state: states[0] }, { u, v });
    for (const index of own) {
      const { alpha, beta } = places[index];
      const parts: Promise<readonly [Split, SetFigures]>[] = [];
      for (const split of splits) {
        const evaluator = evaluators[split];
        if (interpolated) evaluator.setStatistics(mixStatistics(states, [1 - t[index], t[index]]));
        const { figures } = await evaluator.enqueue(alpha, beta, window, signal);
        parts.push(figures.then((found) => [split, found] as const));
      }
      const all = Promise.all(parts).then((found) => Object.fromEntries(found) as Record<Split, SetFigures>);
      await pipeline.add(all, (figures) => onPoint(index, figures));
    }
  }
  await pipeline.drain();
}
