/**
 * Replaces a run's file without ever being without a good one: the new file is written whole under a new name, then
 * the pointer in the database is switched in one transaction, then what it no longer names is removed. The file before
 * the current one is kept, for the case that the current one turns out damaged. Callers hold the run's lock.
 */
import { CorruptRunError } from "../experiment-error.ts";
import { type ArrayFile, decodeArrayFile, encodeArrayFile } from "./array-file.ts";
import { checksumOf } from "./checksum.ts";
import type { FileArea } from "./file-area.ts";
import { type FileReference, type RunDatabase, type Slot, type SlotName, stepOfSlot } from "./run-database.ts";
import { refused } from "./storage-faults.ts";

export interface SlotStore {
  readonly database: RunDatabase;
  readonly files: FileArea;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Stored<T> {
  readonly value: T;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Why this is not the latest save but the one before it; null where it is the latest. */
  readonly warning: string | null;
}

/** Throws StorageFullError or StorageRefusedError; the files from before are then as they were. */
export async function putSlot(store: SlotStore, runId: string, slot: SlotName, content: ArrayFile): Promise<void> {
  const { database } = store;
  const parts = encodeArrayFile(content);
  const before = await database.get("slots", [runId, slot]);
  await sweep(store, runId, slot, before);
  let written: FileReference;
  try {
    written = await writeWhole(store, runId, slot, parts);
  } catch (error) {
    // On a full disk the older of two copies makes room for the new one, once.
    if (!isFull(error) || !before?.previous) throw error;
    await point(store, runId, slot, { current: before.current, previous: null });
    written = await writeWhole(store, runId, slot, parts);
  }
  // A point of a path that comes again has the same bits: it needs none in reserve.
  const previous = stepOfSlot(slot) === null ? (before?.current ?? null) : null;
  await point(store, runId, slot, { current: written, previous });
}

async function writeWhole(store: SlotStore, runId: string, slot: SlotName, parts: readonly Uint8Array[]) {
  const { files, now } = store;
  const byteLength = parts.reduce((sum, part) => sum + part.length, 0);
  const file = `${slotPrefix(runId, slot)}${now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  try {
    await files.write(file, parts);
    const size = await files.size(file);
    if (size !== byteLength)
      throw refused(`It kept ${size ?? "none"} of ${byteLength} bytes.`, "Free some of the disk, then save again.");
  } catch (error) {
    await files.remove(file).catch(() => undefined);
    throw error;
  }
  return { file, byteLength, checksum: await checksumOf(parts), savedAt: now() };
}

/** Switches the pointer in one transaction, then removes what it no longer names. */
async function point(store: SlotStore, runId: string, slot: SlotName, target: Slot): Promise<void> {
  const change = store.database.transaction("slots", "readwrite", { durability: "strict" });
  await Promise.all([change.store.put(target, [runId, slot]), change.done]);
  await sweep(store, runId, slot, target);
}

/** Removes every file of the slot that the pointer does not name, an interrupted save's too. */
async function sweep({ files }: SlotStore, runId: string, slot: SlotName, target: Slot | undefined): Promise<void> {
  const named = [target?.current.file, target?.previous?.file];
  await removeFiles(files, (file) => file.startsWith(slotPrefix(runId, slot)) && !named.includes(file));
}

/** Files that can't be removed now are removed by the next save: no reason for this one to fail. */
export async function removeFiles(files: FileArea, isDoomed: (name: string) => boolean): Promise<void> {
  const doomed = (await files.list().catch(() => [])).filter(isDoomed);
  await Promise.all(doomed.map((name) => files.remove(name).catch(() => undefined)));
}

/** Null where nothing was saved. Throws CorruptRunError where neither file can be read. */
export async function getSlot<T>(
  { database, files }: SlotStore,
  runId: string,
  slot: SlotName,
  decode: (content: ArrayFile) => T,
): Promise<Stored<T> | null> {
  const found = await database.get("slots", [runId, slot]);
  if (!found) return null;
  const faults: string[] = [];
  for (const reference of [found.current, found.previous]) {
    if (!reference) continue;
    try {
      const value = decode(decodeArrayFile(await readWhole(files, reference)));
      const warning =
        faults.length > 0 ? `The latest save can't be used: ${faults[0]}. This is the one before it.` : null;
      return { value, savedAt: reference.savedAt, warning };
    } catch (error) {
      if (error instanceof DOMException && error.name !== "NotReadableError") throw error;
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new CorruptRunError({
    where: `Run ${runId}, ${slot}`,
    what: `It can't be read: ${faults.join("; and the save before it: ")}.`,
    remedy: "Make it again: the run's settings are kept.",
  });
}

/** Throws an Error that says how the file differs from what was written. */
async function readWhole(files: FileArea, { file, byteLength, checksum }: FileReference): Promise<Uint8Array> {
  const bytes = await files.read(file);
  if (bytes === null) throw new Error("its file is missing");
  if (bytes.length !== byteLength)
    throw new Error(`its file has ${bytes.length} bytes where ${byteLength} were written`);
  if ((await checksumOf([bytes])) !== checksum) throw new Error("its file was changed since it was written");
  return bytes;
}

export function runPrefix(runId: string): string {
  // "@" is escaped within an id, so that no run's prefix is another's.
  return `${encodeURIComponent(runId)}@`;
}

function slotPrefix(runId: string, slot: SlotName): string {
  return `${runPrefix(runId)}${slot}.`;
}

export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
