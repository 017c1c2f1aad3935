/** A file area in memory that fails on demand. */
import type { FileArea } from "../../../src/experiment/storage/file-area.ts";

export interface MemoryFiles extends FileArea {
  readonly contents: Map<string, Uint8Array>;
  /** Bytes that fit in all; a write beyond it leaves a torn file and throws QuotaExceededError. */
  capacity: number;
  /** Writes end without an error after so many bytes. */
  silentLimit: number;
  /** Thrown by the next write, after its first part. */
  nextFault: DOMException | null;
}

export function memoryFiles(): MemoryFiles {
  const contents = new Map<string, Uint8Array>();
  const used = () => [...contents.values()].reduce((sum, { length }) => sum + length, 0);
  const area: MemoryFiles = {
    kind: "opfs",
    contents,
    capacity: Number.POSITIVE_INFINITY,
    silentLimit: Number.POSITIVE_INFINITY,
    nextFault: null,
    async write(name, parts) {
      contents.set(name, new Uint8Array(0));
      for (const part of parts) {
        const before = contents.get(name) ?? new Uint8Array(0);
        if (used() + part.length > area.capacity) throw new DOMException("full", "QuotaExceededError");
        contents.set(name, Uint8Array.from([...before, ...part]).subarray(0, area.silentLimit));
        const fault = area.nextFault;
        area.nextFault = null;
        if (fault) throw fault;
      }
    },
    read: async (name) => contents.get(name) ?? null,
    size: async (name) => contents.get(name)?.length ?? null,
    async remove(name) {
      contents.delete(name);
    },
    list: async () => [...contents.keys()],
  };
  return area;
}
