/** Measures a path between two models on both sets. */
import { findBarrier } from "../comparison/barrier.ts";
import { ComparisonError } from "../comparison/comparison-error.ts";
import type { PathPart } from "../comparison/measure-path.ts";
import type { Path } from "../comparison/path.ts";
import type { PathMetrics } from "../experiment/comparison.ts";
import { axisValues, coarseToFine } from "../experiment/grid.ts";
import type { FlatWeights } from "../models/weights.ts";
import type { PathParams, PathPointEvent } from "./comparison-jobs.ts";
import type { Workbench } from "./job-context.ts";
import { measurePointsTogether } from "./measure-points.ts";

export interface PathTask {
  readonly name: PathPointEvent["path"];
  readonly path: Path;
  /** BatchNorm's statistics at both ends. */
  readonly states: readonly [FlatWeights["state"], FlatWeights["state"]];
}

const splits = ["train", "test"] as const;

/** Rejects with the signal's reason. Throws ComparisonError for fewer than two points. */
export async function measurePathMetrics(
  { spec, points, batchNorm, backend }: PathParams,
  { name, path, states }: PathTask,
  workbench: Workbench,
  signal: AbortSignal,
  emit: (event: PathPointEvent) => Promise<void>,
): Promise<PathMetrics> {
  if (!(points >= 2)) throw new ComparisonError(`A path of ${points} points has no two ends. Give at least 2.`);
  const images = await workbench.images(spec.data);
  signal.throwIfAborted();
  const t = axisValues({ min: 0, max: 1, count: points });
  const empty = () => ({
    loss: new Float64Array(points),
    lossError: new Float64Array(points),
    accuracy: new Float64Array(points),
  });
  const found = { train: empty(), test: empty() };
  const part: PathPart = {
    pieces: path.pieces,
    points: [...coarseToFine(points, 1)].map((index) => ({ index, t: t[index], ...path.at(t[index]) })),
    states,
    interpolated: batchNorm === "interpolated",
  };
  const params = { spec, part, reestimated: batchNorm === "reestimated", backend };
  await measurePointsTogether(params, workbench, signal, async ({ index, train, test }) => {
    for (const [split, metrics] of [["train", train] as const, ["test", test] as const]) {
      found[split].loss[index] = metrics.loss;
      found[split].lossError[index] = metrics.lossError;
      found[split].accuracy[index] = metrics.accuracy;
    }
    await emit({ kind: "point", path: name, index, t: t[index], train, test });
  });
  const [train, test] = splits.map((split) => ({
    ...found[split],
    barrier: findBarrier(t, found[split].loss),
    examples: images[split].count,
  }));
  return { t, train, test };
}
