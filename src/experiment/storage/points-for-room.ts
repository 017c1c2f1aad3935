/**
 * Room on a full disk: the recorded points of a run give way to its checkpoint and its results, the last points first, unless
 * even all of them would not be enough.
 */
import type { ArrayFile } from "./array-file.ts";
import { pointSlot, type SlotName, slotsOf, stepOfSlot } from "./run-database.ts";
import { isFull, putSlot, removeFiles, runPrefix, type SlotStore } from "./slots.ts";

interface KeptPoint {
  readonly step: number;
  readonly bytes: number;
}

/** Saves as putSlot does. Gives the steps of the points that are gone. The caller holds the run's lock. */
export async function putBeforePoints(
  store: SlotStore,
  runId: string,
  slot: SlotName,
  content: ArrayFile,
): Promise<readonly number[]> {
  const bytes = bytesOf(content);
  let points: KeptPoint[] | null = null;
  const gone: KeptPoint[] = [];
  for (;;) {
    try {
      await putSlot(store, runId, slot, content);
      return gone.map(({ step }) => step);
    } catch (error) {
      if (!isFull(error)) throw error;
      points ??= await pointsThatMakeRoom(store, runId, bytes);
      const last = points.pop();
      // After as many bytes as are to be saved the disk is fuller than full: taking more is of no use.
      if (!last || sizeOf(gone) >= bytes) throw error;
      await dropPoint(store, runId, last.step);
      gone.push(last);
    }
  }
}

const sizeOf = (points: readonly KeptPoint[]): number => points.reduce((sum, { bytes }) => sum + bytes, 0);

const bytesOf = ({ arrays }: ArrayFile): number =>
  Object.values(arrays).reduce((sum, { byteLength }) => sum + byteLength, 0);

/** Ascending by step; none where so many bytes would not fit in the place of all of them. */
async function pointsThatMakeRoom(store: SlotStore, runId: string, bytes: number): Promise<KeptPoint[]> {
  const reading = store.database.transaction("slots");
  const [keys, slots] = await Promise.all([
    reading.store.getAllKeys(slotsOf(runId)),
    reading.store.getAll(slotsOf(runId)),
  ]);
  const points = keys.flatMap(([, slot], index) => {
    const step = stepOfSlot(slot);
    return step === null ? [] : [{ step, bytes: slots[index].current.byteLength }];
  });
  if (points.length === 0 || !(await hasRoom(store, runId, bytes - sizeOf(points)))) return [];
  return points.sort((a, b) => a.step - b.step);
}

/** Found by trial: what browsers say of the room that is left is not meant to be exact. */
async function hasRoom({ files }: SlotStore, runId: string, bytes: number): Promise<boolean> {
  if (bytes <= 0) return true;
  const name = `${runPrefix(runId)}room`;
  try {
    await files.write(name, [new Uint8Array(bytes)]);
    return true;
  } catch (error) {
    if (!isFull(error)) throw error;
    return false;
  } finally {
    await files.remove(name).catch(() => undefined);
  }
}

async function dropPoint({ database, files }: SlotStore, runId: string, step: number): Promise<void> {
  const slot = pointSlot(step);
  await database.delete("slots", [runId, slot]);
  await removeFiles(files, (file) => file.startsWith(`${runPrefix(runId)}${slot}.`));
}
