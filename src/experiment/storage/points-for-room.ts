/**
 * Room on a full disk: the recorded points of a run give way to its checkpoint and its results, the last points first.
 */
import { pointSlot, slotsOf, stepOfSlot } from "./run-database.ts";
import { isFull, removeFiles, runPrefix, type SlotStore } from "./slots.ts";

/** Runs `save` until it fits or no point is left. The caller holds the run's lock. */
export async function saveBeforePoints(store: SlotStore, runId: string, save: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await save();
    } catch (error) {
      if (!isFull(error) || !(await dropLastPoint(store, runId))) throw error;
    }
  }
}

/** False where there is none. */
async function dropLastPoint({ database, files }: SlotStore, runId: string): Promise<boolean> {
  const keys = await database.getAllKeys("slots", slotsOf(runId));
  const steps = keys.flatMap(([, slot]) => stepOfSlot(slot) ?? []);
  if (steps.length === 0) return false;
  const slot = pointSlot(Math.max(...steps));
  await database.delete("slots", [runId, slot]);
  await removeFiles(files, (file) => file.startsWith(`${runPrefix(runId)}${slot}.`));
  return true;
}
