/** A training's path in its principal plane. */
import { ComparisonError } from "../comparison/comparison-error.ts";
import { principalDirections, projectPath } from "../comparison/trajectory.ts";
import type { JobHandlers } from "./job-context.ts";

export const trajectory: JobHandlers["trajectory"] = async ({ points }) => {
  const last = points.at(-1);
  if (!last || points.some(({ length }) => length !== last.length))
    throw new ComparisonError("A trajectory is of checkpoints of one model. Give at least three.");
  const { directions, explained } = principalDirections(points, 2);
  const path = projectPath(points, last, { u: directions[0], v: directions[1] });
  return { directions, explained, ...path };
};
