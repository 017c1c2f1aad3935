/** Whether a run trains now, by itself or within a sweep, and in which tab. */
import { type Elsewhere, trainingLock } from "../tab-locks.ts";
import { isBusy, type TrainingState } from "../training-store.ts";
import { isTraining } from "./item.ts";
import type { SweepState } from "./sweep-store.ts";

export type TrainingPlace = "here" | "elsewhere";

export interface TrainingNow {
  readonly training: Pick<TrainingState, "status" | "runId">;
  readonly sweep: Pick<SweepState, "items">;
  readonly elsewhere: Elsewhere;
}

/** Null for a run that does not train. */
export function trainingPlace({ training, sweep, elsewhere }: TrainingNow, runId: string): TrainingPlace | null {
  if (isBusy(training.status) && training.runId === runId) return "here";
  if (sweep.items.some((item) => item.runId === runId && isTraining(item) && !isElsewhere(elsewhere, runId)))
    return "here";
  return isElsewhere(elsewhere, runId) ? "elsewhere" : null;
}

export const isElsewhere = ({ names }: Elsewhere, runId: string): boolean => names.has(trainingLock(runId));
