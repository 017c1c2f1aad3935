/** Which points of its way through parameter space a training keeps, and what they take. */
import { z } from "zod";

export const recordingSchema = z.strictObject({
  everySteps: z.int().min(1).max(1_000_000).default(1).describe("Asked for; the budget may make it more."),
  budgetMegabytes: z.number().gt(0).max(4096).default(128).describe("Of all points together, 10⁶ bytes each."),
});

export type Recording = z.infer<typeof recordingSchema>;

/** Which points of a run are recorded: step 0, every n-th, and the last. */
export interface RecordingPlan {
  readonly everySteps: number;
  readonly points: number;
  readonly bytes: number;
}

/** A path of fewer has no plane. */
export const fewestPoints = 3;
/** A finer path looks no different, and principal directions take time with the square of the points. */
export const mostPoints = 200;

const bytesPerMegabyte = 1e6;

/**
 * The smallest interval from the one asked for whose points fit in the budget and are no more than `mostPoints`, fixed before a run of so many steps begins;
 * null where fewer than three fit, or the run is too short for them.
 */
export function recordingPlan(
  { everySteps, budgetMegabytes }: Recording,
  steps: number,
  bytesPerPoint: number,
): RecordingPlan | null {
  const fitting = Math.min(mostPoints, Math.floor((budgetMegabytes * bytesPerMegabyte) / bytesPerPoint));
  if (fitting < fewestPoints || steps < fewestPoints - 1) return null;
  const interval = Math.max(Math.min(everySteps, steps), Math.ceil(steps / (fitting - 1)));
  const points = Math.ceil(steps / interval) + 1;
  return points < fewestPoints ? null : { everySteps: interval, points, bytes: points * bytesPerPoint };
}

/** Whether the state after so many steps is a point of the plan. */
export const isRecorded = ({ everySteps }: RecordingPlan, step: number, steps: number): boolean =>
  step % everySteps === 0 || step === steps;
