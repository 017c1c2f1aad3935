/** Files in IndexedDB, for browsers without a writable origin-private file system. */
import type { FileArea } from "./file-area.ts";
import type { RunDatabase } from "./run-database.ts";

export function indexedDbFiles(database: RunDatabase): FileArea {
  return {
    kind: "indexeddb",
    async write(name, parts) {
      await database.put("files", joinParts(parts), name);
    },
    async read(name) {
      return (await database.get("files", name)) ?? null;
    },
    async size(name) {
      return (await database.get("files", name))?.length ?? null;
    },
    async remove(name) {
      await database.delete("files", name);
    },
    list: () => database.getAllKeys("files"),
  };
}

function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    file.set(part, offset);
    offset += part.length;
  }
  return file;
}
