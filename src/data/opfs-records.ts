/**
 * Records in the origin's private file system. The bytes go into a file of a new name, then the manifest, which names
 * that file, is replaced: closing a writable swaps the whole file in, so that a name always leads to whole bytes, old or
 * new. Files that no manifest names are left-overs of a save that was cut off, and the next save removes them.
 */
import type { RecordStore, StoredManifest, StoredRecord } from "./stored-records.ts";

const folderName = "basin-image-sets";
const manifestSuffix = ".json";
const bytesSuffix = ".bin";

/** A manifest as written: it also names the file of its bytes. */
interface WrittenManifest extends StoredManifest {
  readonly file: string;
}

/** The store in the file system under `root`, from `navigator.storage.getDirectory()`. */
export async function openOpfsRecords(root: FileSystemDirectoryHandle): Promise<RecordStore> {
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  const read = async (name: string): Promise<File | null> => {
    const handle = await folder.getFileHandle(name).catch(nullWhenMissing);
    return handle === null ? null : await handle.getFile();
  };
  const readManifest = async (name: string): Promise<unknown> => {
    const file = await read(name + manifestSuffix);
    return file === null ? null : parseJson(await file.text());
  };
  return {
    kind: "opfs",
    put: (manifest, bytes) =>
      exclusively(async () => {
        const file = `${manifest.name}-${crypto.randomUUID()}${bytesSuffix}`;
        const written: WrittenManifest = { ...manifest, file };
        try {
          await writeFile(folder, file, bytes);
          await writeFile(folder, manifest.name + manifestSuffix, new TextEncoder().encode(JSON.stringify(written)));
        } catch (error) {
          await removeFile(folder, file);
          throw error;
        }
        await removeUnnamed(folder, readManifest);
      }),
    get: (name) =>
      exclusively(async (): Promise<StoredRecord | null> => {
        const manifest = await readManifest(name);
        if (manifest === null) return null;
        const fileName = fileOf(manifest);
        const file = fileName === null ? null : await read(fileName);
        return { manifest, bytes: new Uint8Array(file === null ? new ArrayBuffer(0) : await file.arrayBuffer()) };
      }),
    remove: (name) =>
      exclusively(async () => {
        await removeFile(folder, name + manifestSuffix);
        await removeUnnamed(folder, readManifest);
      }),
    manifests: () => exclusively(async () => Promise.all((await manifestNames(folder)).map(readManifest))),
  };
}

/** One tab or worker at a time, where the platform has locks. */
const exclusively = <Result>(work: () => Promise<Result>): Promise<Result> =>
  navigator.locks === undefined ? work() : navigator.locks.request(folderName, () => work());

function nullWhenMissing(error: unknown): null {
  if (error instanceof DOMException && error.name === "NotFoundError") return null;
  throw error;
}

/** Undefined for text that is not JSON: a manifest as unusable as one of the wrong form. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const fileOf = (manifest: unknown): string | null =>
  typeof manifest === "object" && manifest !== null && "file" in manifest && typeof manifest.file === "string"
    ? manifest.file
    : null;

async function fileNames(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}

const manifestNames = async (folder: FileSystemDirectoryHandle): Promise<string[]> =>
  (await fileNames(folder))
    .filter((name) => name.endsWith(manifestSuffix))
    .map((name) => name.slice(0, -manifestSuffix.length))
    .sort();

async function writeFile(folder: FileSystemDirectoryHandle, name: string, bytes: Uint8Array<ArrayBuffer>) {
  const handle = await folder.getFileHandle(name, { create: true });
  const writable = await handle.createWritable();
  try {
    await writable.write(bytes);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
}

async function removeFile(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  await folder.removeEntry(name).catch(nullWhenMissing);
}

async function removeUnnamed(
  folder: FileSystemDirectoryHandle,
  readManifest: (name: string) => Promise<unknown>,
): Promise<void> {
  const named = new Set((await Promise.all((await manifestNames(folder)).map(readManifest))).map(fileOf));
  for (const name of await fileNames(folder))
    if (name.endsWith(bytesSuffix) && !named.has(name)) await removeFile(folder, name);
}
