/** A path that winds down into the model landscape: coordinates and losses without an engine. */
import type { JobHandlers } from "../../src/jobs/job-context.ts";
import type { JobEvent, JobParams, JobResult } from "../../src/jobs/jobs.ts";
import { exampleAccuracy, exampleLoss } from "./landscape-model.ts";

interface Context {
  emit(event: JobEvent<"projectTrajectory">): void;
  pause(ms: number): Promise<void>;
}

async function projectTrajectory(
  { points }: JobParams<"projectTrajectory">,
  { emit, pause }: Context,
): Promise<JobResult<"projectTrajectory">> {
  const left = Float64Array.from(points, (_, index) => 1 - index / Math.max(1, points.length - 1));
  const path = {
    alpha: left.map((value) => -0.8 * value),
    beta: left.map((value) => 0.7 * Math.sin(2 * value) * value),
    offPlane: left.map((value) => 2 * value * (1.4 - value)),
  };
  const loss = left.map((_, index) => exampleLoss(path.alpha[index], path.beta[index]) + 0.1 * path.offPlane[index]);
  const lossError = loss.map((value) => 0.03 * value);
  const accuracy = loss.map(exampleAccuracy);
  emit({ kind: "placed", ...path });
  for (const index of points.keys()) {
    await pause(40);
    emit({ kind: "point", index, loss: loss[index], lossError: lossError[index], accuracy: accuracy[index] });
  }
  const step = Float64Array.from(points, (point) => point.step);
  return { step, ...path, loss, lossError, accuracy, status: "complete" };
}

export const fakeTrajectory = { projectTrajectory } satisfies Partial<Record<keyof JobHandlers, unknown>>;
