/**
 * Image sets in the browser's storage: the private file system where it can be written, else IndexedDB. Saving replaces
 * a set whole or not at all; loading verifies the bytes.
 */
import { type DataError, messageOf, StorageFullError, StorageRefusedError } from "./data-error.ts";
import type { ImageSet } from "./image-set.ts";
import { openIndexedDbRecords } from "./indexeddb-records.ts";
import { openOpfsRecords } from "./opfs-records.ts";
import { describeForStorage, isManifest, restoreFromStorage } from "./stored-manifest.ts";
import type { RecordStore, StoredManifest } from "./stored-records.ts";

export type { StoredManifest } from "./stored-records.ts";

/** The place for records here. Throws StorageRefusedError when the browser gives none. */
export async function openRecords(): Promise<RecordStore> {
  try {
    if (typeof FileSystemFileHandle !== "undefined" && "createWritable" in FileSystemFileHandle.prototype)
      return await openOpfsRecords(await navigator.storage.getDirectory());
  } catch {
    // The private file system exists and is refused (some private windows): IndexedDB may still be given.
  }
  return explaining(async () => {
    if (typeof indexedDB === "undefined") throw new Error("there is neither a private file system nor IndexedDB");
    return openIndexedDbRecords();
  });
}

/**
 * Keeps `set` under `name` (lower-case letters, digits, hyphens), in place of what was there; `note` says where it came
 * from. Asks for storage that the browser does not clear by itself, and goes on without. Throws StorageFullError and
 * StorageRefusedError: what was there before is then still there.
 */
export async function saveImageSet(
  name: string,
  set: ImageSet,
  note: string,
  records?: RecordStore,
): Promise<StoredManifest> {
  checkName(name);
  await requestPersistence();
  const { manifest, bytes } = await describeForStorage(name, set, note);
  const store = records ?? (await openRecords());
  await explaining(() => store.put(manifest, bytes), bytes.length);
  return manifest;
}

/** The set under `name`, or null. Throws StorageCorruptError and StorageRefusedError. */
export async function loadImageSet(name: string, records?: RecordStore): Promise<ImageSet | null> {
  checkName(name);
  const store = records ?? (await openRecords());
  const record = await explaining(() => store.get(name));
  return record === null ? null : restoreFromStorage(name, record);
}

/** Frees the space of the set under `name`, if there is one. */
export async function deleteImageSet(name: string, records?: RecordStore): Promise<void> {
  checkName(name);
  const store = records ?? (await openRecords());
  await explaining(() => store.remove(name));
}

/** What is stored, by name. Sets whose description is damaged are left out; loading them says so. */
export async function storedSets(records?: RecordStore): Promise<StoredManifest[]> {
  const store = records ?? (await openRecords());
  const manifests = (await explaining(() => store.manifests())).filter(isManifest);
  return manifests.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether the browser promises to keep this site's storage when space is short. Only a page, not a worker, can ask. */
async function requestPersistence(): Promise<boolean> {
  const storage = globalThis.navigator?.storage;
  try {
    if (storage?.persist !== undefined) return await storage.persist();
    return (await storage?.persisted?.()) ?? false;
  } catch {
    return false;
  }
}

function checkName(name: string): void {
  if (!/^[a-z0-9-]{1,64}$/.test(name)) throw new RangeError(`"${name}" cannot name a stored set.`);
}

/** Runs `work` on the platform's storage, and says what its refusals mean. */
async function explaining<Result>(work: () => Promise<Result>, bytes = 0): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw await explain(error, bytes);
  }
}

async function explain(error: unknown, bytes: number): Promise<DataError> {
  if (error instanceof Error && error.name === "QuotaExceededError")
    return new StorageFullError(
      {
        where: "The browser's storage",
        what: `It has no room for ${megabytes(bytes)}${await describeUse()}. Nothing that was stored has changed.`,
        remedy: "Free disk space, or delete stored sets or runs, and save again.",
      },
      error,
    );
  return new StorageRefusedError(
    {
      where: "The browser's storage",
      what: `It cannot be used (${messageOf(error)}). Nothing that was stored has changed.`,
      remedy:
        "Leave the private window or allow this site to store data; without it, give the files again after a reload.",
    },
    error,
  );
}

async function describeUse(): Promise<string> {
  const estimate = await globalThis.navigator?.storage?.estimate?.().catch(() => undefined);
  if (estimate?.usage === undefined || estimate.quota === undefined) return "";
  return ` (${megabytes(estimate.usage)} of ${megabytes(estimate.quota)} are in use)`;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
