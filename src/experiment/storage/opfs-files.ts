/**
 * Files in the browser's origin-private file system, in one folder. Page and workers see the same ones. A browser that
 * can write there only through a worker's synchronous handles (Safari before 26) counts as having none, so that both
 * sides agree on the place.
 */
import type { FileArea } from "./file-area.ts";

const folderName = "basin-runs";

/** Null where the browser has no such file system or refuses it. */
export async function openOpfsFiles(): Promise<FileArea | null> {
  if (typeof FileSystemFileHandle === "undefined" || !("createWritable" in FileSystemFileHandle.prototype)) return null;
  try {
    const root = await navigator.storage.getDirectory();
    return filesIn(await root.getDirectoryHandle(folderName, { create: true }));
  } catch (error) {
    // Private windows and blocked site data: SecurityError; IndexedDB may still be allowed.
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function filesIn(folder: FileSystemDirectoryHandle): FileArea {
  const open = async (name: string) => {
    try {
      return await (await folder.getFileHandle(name)).getFile();
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  };
  return {
    kind: "opfs",
    async write(name, parts) {
      const handle = await folder.getFileHandle(name, { create: true });
      const stream = await handle.createWritable();
      try {
        for (const part of parts) await stream.write(part as Uint8Array<ArrayBuffer>);
      } catch (error) {
        await stream.abort().catch(() => undefined);
        throw error;
      }
      await stream.close();
    },
    async read(name) {
      const file = await open(name);
      return file && new Uint8Array(await file.arrayBuffer());
    },
    async size(name) {
      return (await open(name))?.size ?? null;
    },
    async remove(name) {
      try {
        await folder.removeEntry(name);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },
    async list() {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    },
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === "NotFoundError";
}
