/** Whether models lie in one parameter space, so that there is something between them. */
import { hasRunningStatistics, modelTitle } from "../../architectures/specs.ts";
import type { PathBatchNorm } from "../../experiment/comparison.ts";
import type { LoadedRun } from "../stores/compare/runs.ts";

export const batchNormNames: Readonly<Record<PathBatchNorm, string>> = {
  interpolated: "interpolated",
  frozen: "of the first run",
  reestimated: "re-estimated",
};

export const hasBatchNorm = ({ record: { spec } }: LoadedRun) => hasRunningStatistics(spec.model);

export interface WithRun {
  readonly run: LoadedRun | null;
}

const shapeOf = ({ run }: WithRun) => run && JSON.stringify(run.record.spec.model);

export const isAlike = (a: WithRun, b: WithRun | undefined): boolean => b !== undefined && shapeOf(a) === shapeOf(b);

/** The first of one shape of which there are at least `count`; none where no shape has so many. */
export const alike = <Item extends WithRun>(items: readonly Item[], count: number): Item[] =>
  items.map((item) => items.filter((other) => isAlike(other, item))).find(({ length }) => length >= count) ?? [];

/** Why nothing lies between them; null where something does. */
export function shapeRefusal(runs: readonly LoadedRun[]): string | null {
  const [first, ...rest] = runs.map(({ record }) => record.spec.model);
  const other = rest.find((model) => JSON.stringify(model) !== JSON.stringify(first));
  return other
    ? `${modelTitle(first)} and ${modelTitle(other)} have different parameters: nothing lies between them. Choose runs of one model.`
    : null;
}
