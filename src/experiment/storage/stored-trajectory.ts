/** A point of a run's path as a file of the browser's storage, and the whole path back. */
import { z } from "zod";
import type { TrajectoryPoint } from "../trajectory.ts";
import type { ArrayFile } from "./array-file.ts";
import { slotsOf, stepOfSlot } from "./run-database.ts";
import { getSlot, type SlotStore, type Stored } from "./slots.ts";
import { takeArray } from "./take-array.ts";

const metaSchema = z.object({ step: z.int().min(0) });

export function pointToFile({ step, weights: { theta, state } }: TrajectoryPoint): ArrayFile {
  return { meta: { step }, arrays: { theta, state } };
}

/** Throws an Error that says what is wrong. */
function pointFromFile({ meta, arrays }: ArrayFile): TrajectoryPoint {
  const take = (name: string) => takeArray(arrays, name, Float32Array);
  return { step: metaSchema.parse(meta).step, weights: { theta: take("theta"), state: take("state") } };
}

/** Ascending by step; null where there are none. Those that can't be read are left out, with a warning. */
export async function getTrajectory(
  store: SlotStore,
  runId: string,
): Promise<Stored<readonly TrajectoryPoint[]> | null> {
  const keys = await store.database.getAllKeys("slots", slotsOf(runId));
  const slots = keys.map(([, slot]) => slot).filter((slot) => stepOfSlot(slot) !== null);
  if (slots.length === 0) return null;
  const found: Stored<TrajectoryPoint>[] = [];
  const faults: string[] = [];
  for (const slot of slots) {
    try {
      const point = await getSlot(store, runId, slot, pointFromFile);
      if (point) found.push(point);
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  const value = found.map((point) => point.value).sort((a, b) => a.step - b.step);
  const warning =
    faults.length > 0 ? `${faults.length} points of the path can't be used, and are left out: ${faults[0]}` : null;
  return { value, savedAt: Math.max(0, ...found.map(({ savedAt }) => savedAt)), warning };
}
