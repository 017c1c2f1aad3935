/** Records in IndexedDB, for browsers without a writable private file system. One transaction holds a whole save. */
import { type DBSchema, openDB } from "idb";
import type { RecordStore, StoredManifest } from "./stored-records.ts";

interface Schema extends DBSchema {
  manifests: { key: string; value: StoredManifest };
  bytes: { key: string; value: Uint8Array<ArrayBuffer> };
}

export async function openIndexedDbRecords(): Promise<RecordStore> {
  const database = await openDB<Schema>("basin-image-sets", 1, {
    upgrade(created) {
      created.createObjectStore("manifests");
      created.createObjectStore("bytes");
    },
  });
  return {
    kind: "indexeddb",
    async put(manifest, bytes) {
      const transaction = database.transaction(["manifests", "bytes"], "readwrite");
      const done = transaction.done.catch((error: unknown) => error);
      try {
        await transaction.objectStore("bytes").put(bytes, manifest.name);
        await transaction.objectStore("manifests").put(manifest, manifest.name);
        await transaction.done;
      } catch (error) {
        if (transaction.error === null) transaction.abort();
        await done;
        // When the transaction failed as a whole (a full disk), its own error says why; the request's says only that.
        throw transaction.error ?? error;
      }
    },
    async get(name) {
      const transaction = database.transaction(["manifests", "bytes"]);
      const [manifest, bytes] = await Promise.all([
        transaction.objectStore("manifests").get(name),
        transaction.objectStore("bytes").get(name),
        transaction.done,
      ]);
      return manifest === undefined ? null : { manifest, bytes: bytes ?? new Uint8Array(0) };
    },
    async remove(name) {
      const transaction = database.transaction(["manifests", "bytes"], "readwrite");
      await Promise.all([
        transaction.objectStore("manifests").delete(name),
        transaction.objectStore("bytes").delete(name),
        transaction.done,
      ]);
    },
    manifests: () => database.getAll("manifests"),
  };
}
