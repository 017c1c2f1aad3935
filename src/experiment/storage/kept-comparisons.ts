/**
 * The browser's own store of what was found between runs. One of a kind for the same runs at the same steps: a new one takes
 * its place. Bounded: the oldest give way. What can't be read is dropped, and can be measured again.
 */
import { type DBSchema, openDB } from "idb";
import { decodeArrayFile, encodeArrayFile } from "./array-file.ts";
import { guardStorage, refused } from "./storage-faults.ts";
import {
  type ComparedRun,
  type ComparisonKind,
  comparisonFromFile,
  comparisonToFile,
  type KeptComparison,
} from "./stored-comparisons.ts";

export interface ComparisonEntry {
  readonly id: string;
  readonly kind: ComparisonKind;
  readonly runs: readonly ComparedRun[];
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly bytes: number;
}

/** Every call may reject with StorageRefusedError, `put` with StorageFullError too; what was kept before stays. */
export interface ComparisonStore {
  put(comparison: KeptComparison): Promise<void>;
  /** The newest first. */
  list(): Promise<readonly ComparisonEntry[]>;
  /** Null where it is gone, or can't be read: then it is dropped. */
  get(id: string): Promise<KeptComparison | null>;
  drop(kind: ComparisonKind, runs: readonly ComparedRun[]): Promise<void>;
  /** Drops all that is about runs that are no more. */
  dropWithout(isKept: (runId: string) => boolean): Promise<void>;
  close(): void;
}

interface ComparisonSchema extends DBSchema {
  entries: { key: string; value: ComparisonEntry };
  files: { key: string; value: Uint8Array };
}

export interface ComparisonLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** A control point of a wide VGG11 has 37 MB. */
const usualLimits: ComparisonLimits = { entries: 80, bytes: 300e6 };

export interface ComparisonStoreOptions {
  readonly databaseName?: string;
  readonly limits?: ComparisonLimits;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Rejects where the browser keeps nothing. */
export async function openComparisons({
  databaseName = "basin-comparisons",
  limits = usualLimits,
  now = Date.now,
}: ComparisonStoreOptions = {}): Promise<ComparisonStore> {
  if (typeof indexedDB === "undefined")
    throw refused("This browser has no IndexedDB.", "Comparisons can be measured again, and saved as files.");
  const database = await guardStorage(() =>
    openDB<ComparisonSchema>(databaseName, 1, {
      upgrade(created) {
        created.createObjectStore("entries");
        created.createObjectStore("files");
      },
      blocking: (_current, _blocked, { target }) => (target as IDBDatabase).close(),
    }),
  );
  const list = async () =>
    (await database.getAll("entries")).sort((a, b) => b.savedAt - a.savedAt || (a.id < b.id ? -1 : 1));
  const drop = async (ids: readonly string[]) => {
    const change = database.transaction(["entries", "files"], "readwrite");
    await Promise.all([
      ...ids.flatMap((id) => [change.objectStore("entries").delete(id), change.objectStore("files").delete(id)]),
      change.done,
    ]);
  };
  return {
    put: (comparison) =>
      guardStorage(async () => {
        const { kind, runs } = comparison;
        const id = idOf(comparison);
        const file = await joined(encodeArrayFile(comparisonToFile(comparison)));
        if (file.length > limits.bytes) return;
        const others = (await list()).filter((entry) => entry.id !== id);
        await drop(beyond(others, { entries: limits.entries - 1, bytes: limits.bytes - file.length }));
        const writing = database.transaction(["entries", "files"], "readwrite");
        const entry = { id, kind, runs, savedAt: now(), bytes: file.length };
        await Promise.all([
          writing.objectStore("entries").put(entry, id),
          writing.objectStore("files").put(file, id),
          writing.done,
        ]);
      }),
    list: () => guardStorage(list),
    get: (id) =>
      guardStorage(async () => {
        const file = await database.get("files", id);
        if (!file) return null;
        try {
          return comparisonFromFile(decodeArrayFile(file));
        } catch (error) {
          if (error instanceof DOMException) throw error;
          await drop([id]);
          return null;
        }
      }),
    drop: (kind, runs) => guardStorage(() => drop([idOf({ kind, runs })])),
    dropWithout: (isKept) =>
      guardStorage(async () => {
        const doomed = (await list()).filter(({ runs }) => !runs.every(({ runId }) => isKept(runId)));
        if (doomed.length > 0) await drop(doomed.map(({ id }) => id));
      }),
    close: () => database.close(),
  };
}

const idOf = ({ kind, runs }: Pick<KeptComparison, "kind" | "runs">) =>
  JSON.stringify([kind, ...runs.map(({ runId, step }) => [runId, step])]);

/** The oldest, as far as those before them fill the room. `entries`: the newest first. */
function beyond(entries: readonly ComparisonEntry[], room: ComparisonLimits): string[] {
  let bytes = 0;
  return entries.flatMap((entry, index) => {
    bytes += entry.bytes;
    return index < room.entries && bytes <= room.bytes ? [] : [entry.id];
  });
}

/** The parts in one piece, joined off the page's thread. */
const joined = async (parts: readonly Uint8Array[]): Promise<Uint8Array> =>
  new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
