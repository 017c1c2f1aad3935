/** The run store where the browser keeps data: records in the database, checkpoints, surfaces and results as files. */
import { CorruptRunError, NewerVersionError, RunMissingError } from "../experiment-error.ts";
import { resultNames } from "../measurements/list.ts";
import type { RunLabels } from "../run-labels.ts";
import type { ArrayFile } from "./array-file.ts";
import { putBeforePoints } from "./points-for-room.ts";
import { announceChanges } from "./run-changes.ts";
import { pointSlot, type SlotName, slotsOf, stepOfSlot } from "./run-database.ts";
import { withRunLock } from "./run-lock.ts";
import { checkVersion, decodeRecord, encodeRecord, type NewRun } from "./run-record.ts";
import type { RunList, RunStore } from "./run-store.ts";
import { getSlot, putSlot, removeFiles, runPrefix, type SlotStore } from "./slots.ts";
import { guardStorage } from "./storage-faults.ts";
import { checkpointFromFile, checkpointToFile } from "./stored-checkpoint.ts";
import { resultFromFile, resultToFile } from "./stored-results.ts";
import { surfaceFromFile, surfaceToFile } from "./stored-surface.ts";
import { getTrajectory, pointToFile } from "./stored-trajectory.ts";

export function openKeptRuns(store: SlotStore): RunStore {
  const { database, files } = store;
  const changes = announceChanges();
  const change = <T>(runId: string, task: () => Promise<T>) =>
    guardStorage(async () => {
      const result = await withRunLock(runId, "exclusive", task);
      changes.announce(runId);
      return result;
    });
  const put = <T>(
    save: (store: SlotStore, runId: string, slot: SlotName, content: ArrayFile) => Promise<T>,
    runId: string,
    slot: SlotName,
    content: ArrayFile,
  ) =>
    change(runId, async () => {
      if ((await database.getKey("runs", runId)) === undefined) throw missingRun(runId);
      return save(store, runId, slot, content);
    });
  const putLatest = (runId: string, slot: SlotName, content: ArrayFile) => put(putBeforePoints, runId, slot, content);
  const get = <T>(runId: string, slot: SlotName, decode: (content: ArrayFile) => T) =>
    guardStorage(() => withRunLock(runId, "shared", () => getSlot(store, runId, slot, decode)));
  return {
    kind: files.kind,
    unavailableReason: null,
    listRuns: () => guardStorage(() => listRuns(store)),
    putRun: (run) => change(run.id, () => putRun(store, run)),
    labelRun: (runId, labels) => change(runId, () => labelRun(store, runId, labels)),
    putCheckpoint: (runId, checkpoint) => putLatest(runId, "checkpoint", checkpointToFile(checkpoint)),
    getCheckpoint: (runId) => get(runId, "checkpoint", checkpointFromFile),
    putSurface: (runId, surface) => putLatest(runId, "surface", surfaceToFile(surface)),
    getSurface: (runId) => get(runId, "surface", surfaceFromFile),
    putResult: (runId, name, kept) => putLatest(runId, name, resultToFile(kept)),
    getResult: (runId, name) => get(runId, name, (file) => resultFromFile(name, file)),
    putTrajectoryPoint: (runId, point) => put(putSlot, runId, pointSlot(point.step), pointToFile(point)),
    getTrajectory: (runId) => guardStorage(() => withRunLock(runId, "shared", () => getTrajectory(store, runId))),
    deleteRun: (runId) => change(runId, () => deleteRun(store, runId)),
    close() {
      changes.close();
      database.close();
    },
  };
}

async function putRun({ database, now }: SlotStore, run: NewRun): Promise<void> {
  const writing = database.transaction("runs", "readwrite");
  const before = await writing.store.get(run.id);
  checkVersion(before?.record);
  const { created, name, colour, note, tags } = readable(before?.record) ?? run;
  const record = encodeRecord({ ...run, created, name, colour, note, tags });
  await Promise.all([writing.store.put({ record, savedAt: now() }, run.id), writing.done]);
}

async function labelRun({ database }: SlotStore, runId: string, labels: Partial<RunLabels>): Promise<void> {
  const writing = database.transaction("runs", "readwrite");
  const before = await writing.store.get(runId);
  if (!before) throw missingRun(runId);
  const record = encodeRecord({ ...decodeRecord(before.record), ...labels });
  await Promise.all([writing.store.put({ record, savedAt: before.savedAt }, runId), writing.done]);
}

/** Null for a record that is not there or that is damaged, and may be replaced. */
function readable(record: unknown): NewRun | null {
  try {
    return decodeRecord(record);
  } catch {
    return null;
  }
}

async function listRuns({ database }: SlotStore): Promise<RunList> {
  const reading = database.transaction(["runs", "slots"]);
  const [ids, rows, slotKeys, slots] = await Promise.all([
    reading.objectStore("runs").getAllKeys(),
    reading.objectStore("runs").getAll(),
    reading.objectStore("slots").getAllKeys(),
    reading.objectStore("slots").getAll(),
  ]);
  const saves = new Map<string, { slot: SlotName; savedAt: number; bytes: number }[]>(ids.map((id) => [id, []]));
  slotKeys.forEach(([runId, slot], index) => {
    const { current, previous } = slots[index];
    const bytes = current.byteLength + (previous?.byteLength ?? 0);
    saves.get(runId)?.push({ slot, savedAt: current.savedAt, bytes });
  });
  const runs: RunList["runs"][number][] = [];
  const damaged: RunList["damaged"][number][] = [];
  ids.forEach((id, index) => {
    const own = saves.get(id) ?? [];
    const bytes = own.reduce((sum, save) => sum + save.bytes, 0);
    try {
      runs.push({
        record: decodeRecord(rows[index].record),
        savedAt: Math.max(rows[index].savedAt, ...own.map(({ savedAt }) => savedAt)),
        hasCheckpoint: own.some(({ slot }) => slot === "checkpoint"),
        hasSurface: own.some(({ slot }) => slot === "surface"),
        results: resultNames.filter((name) => own.some(({ slot }) => slot === name)),
        trajectoryPoints: own.filter(({ slot }) => stepOfSlot(slot) !== null).length,
        bytes,
      });
    } catch (error) {
      damaged.push({ id, error: damagedRecord(id, error), bytes });
    }
  });
  runs.sort((a, b) => b.savedAt - a.savedAt);
  return { runs, damaged };
}

async function deleteRun({ database, files }: SlotStore, runId: string): Promise<void> {
  const change = database.transaction(["runs", "slots"], "readwrite", { durability: "strict" });
  await Promise.all([
    change.objectStore("runs").delete(runId),
    change.objectStore("slots").delete(slotsOf(runId)),
    change.done,
  ]);
  await removeFiles(files, (file) => file.startsWith(runPrefix(runId)));
}

function missingRun(runId: string): RunMissingError {
  return new RunMissingError({
    where: `Run ${runId}`,
    what: "It is not kept here: there was no room for it, or it was deleted in another tab.",
    remedy: "Make room by deleting other runs, or save the run itself first.",
  });
}

function damagedRecord(id: string, error: unknown): CorruptRunError | NewerVersionError {
  if (error instanceof NewerVersionError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new CorruptRunError(
    {
      where: `Run ${id}`,
      what: `Its record can't be read: ${reason}`,
      remedy: "Reload the page, in case a newer version wrote it, or delete the run.",
    },
    error,
  );
}
