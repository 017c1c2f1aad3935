/** A training's path in its principal plane. */
import { ComparisonError } from "../comparison/comparison-error.ts";
import { principalDirections, projectPath } from "../comparison/trajectory.ts";
import type { JobHandlers } from "./job-context.ts";

export const trajectory: JobHandlers["trajectory"] = async ({ points }, { signal, emit }) => {
  const last = points.at(-1);
  if (!last || points.some(({ length }) => length !== last.length))
    throw new ComparisonError("A trajectory is of checkpoints of one model. Give at least three.");
  const onProgress = (fraction: number) => void emit({ kind: "progress", fraction });
  const { directions, explained } = await principalDirections(points, 2, { signal, onProgress });
  const path = await projectPath(points, last, { u: directions[0], v: directions[1] }, { signal });
  return { directions, explained, ...path };
};
