/** Folders of runs in a zip file, and what a person brings (zip files, single files, whole folders) sorted into runs. */
import type { FolderFiles } from "./run-folder.ts";
import { type ZipPart, zipPart } from "./zip/write-zip.ts";

/** A folder as a part of a zip file. */
export const zipFolder = (folder: string, files: FolderFiles): ZipPart =>
  zipPart(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${folder}/${name}`, bytes])));

/**
 * Files by the folder they lie in; "" for none. What systems put beside files of their own accord (hidden files,
 * __MACOSX, Thumbs.db) is left out.
 */
export function groupByFolder(
  files: Iterable<readonly [path: string, bytes: Uint8Array<ArrayBuffer>]>,
): Map<string, FolderFiles> {
  const folders = new Map<string, [name: string, bytes: Uint8Array<ArrayBuffer>][]>();
  for (const [path, bytes] of files) {
    const steps = path.replaceAll("\\", "/").split("/");
    if (steps.some((step) => step.startsWith(".") || step === "__MACOSX" || step === "Thumbs.db")) continue;
    const name = steps.at(-1) ?? "";
    const folder = steps.slice(0, -1).join("/");
    folders.set(folder, [...(folders.get(folder) ?? []), [name, bytes]]);
  }
  return new Map([...folders].map(([folder, own]) => [folder, Object.fromEntries(own)]));
}
