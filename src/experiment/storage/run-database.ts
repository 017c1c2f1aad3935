/** The IndexedDB database of runs: their records, which files are theirs, and the files where there is no OPFS. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { resultNames } from "../measurements/list.ts";

/** A whole file, as it was when it was written. */
export interface FileReference {
  readonly file: string;
  readonly byteLength: number;
  readonly checksum: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

export const slotNames = ["checkpoint", "surface", ...resultNames] as const;
/** A point of the run's path by its training step, or the latest of a kind. */
export type SlotName = (typeof slotNames)[number] | `point-${number}`;

export const pointSlot = (step: number): SlotName => `point-${step}`;

/** The step of a point's slot; null for other slots. */
export const stepOfSlot = (slot: SlotName): number | null => {
  const step = slot.match(/^point-(\d+)$/)?.[1];
  return step === undefined ? null : Number(step);
};

/** Keys of everything of a run. */
export const slotsOf = (runId: string): IDBKeyRange => IDBKeyRange.bound([runId], [runId, []]);

/** The latest file of its kind, and the one before it. */
export interface Slot {
  readonly current: FileReference;
  readonly previous: FileReference | null;
}

interface RunSchema extends DBSchema {
  /** Records by run id, as they were put: read back as unknown, since another version may have written them. */
  runs: { key: string; value: { readonly record: unknown; readonly savedAt: number } };
  slots: { key: [runId: string, slot: SlotName]; value: Slot };
  files: { key: string; value: Uint8Array };
}

export type RunDatabase = IDBPDatabase<RunSchema>;

export async function openRunDatabase(name: string): Promise<RunDatabase> {
  const database = await openDB<RunSchema>(name, 1, {
    upgrade(created) {
      created.createObjectStore("runs");
      created.createObjectStore("slots");
      created.createObjectStore("files");
    },
    // A newer page in another tab wants to upgrade: let it. This tab's next call says that it must be reloaded.
    blocking: () => database.close(),
  });
  return database;
}
