/**
 * Folders of runs in a zip file, and what a person brings (zip files, single files, whole folders) sorted into runs. Texts
 * and arrays are stored as they are: weights hardly shrink. Every entry has one date, so that equal runs give equal bytes.
 */
import { unzipSync, Zip, ZipPassThrough } from "fflate";
import { ResultFileError } from "./experiment-error.ts";
import type { FolderFiles } from "./run-folder.ts";

/** Added to the archive in one task; a few milliseconds. */
const sliceBytes = 4 * 2 ** 20;
/** Of everything that is read at once, unpacked. */
const maxUnpackedBytes = 2 * 2 ** 30;

/** Local time, since zip dates have no zone: the same bytes in every zone. */
const fixedDate = () => new Date(1980, 0, 1);

export interface RunZip {
  add(folder: string, files: FolderFiles): Promise<void>;
  /** The archive in parts, in order. Nothing can be added afterwards. */
  finish(): readonly Uint8Array<ArrayBuffer>[];
}

export function createRunZip(): RunZip {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part as Uint8Array<ArrayBuffer>);
  });
  return {
    async add(folder, files) {
      for (const [name, bytes] of Object.entries(files)) {
        const entry = new ZipPassThrough(`${folder}/${name}`);
        entry.mtime = fixedDate();
        zip.add(entry);
        for (let start = 0; start < bytes.length; start += sliceBytes) {
          entry.push(bytes.slice(start, start + sliceBytes));
          await nextTask();
        }
        entry.push(new Uint8Array(0), true);
      }
    },
    finish() {
      zip.end();
      return parts;
    },
  };
}

/** Files by path. Throws ResultFileError for what is no whole zip file, or too large to be read at once. */
export function unzipRuns(file: Uint8Array, where: string): Record<string, Uint8Array<ArrayBuffer>> {
  let unpackedBytes = 0;
  try {
    const files = unzipSync(file, {
      filter: ({ name, originalSize }) => {
        unpackedBytes += originalSize;
        if (unpackedBytes > maxUnpackedBytes)
          throw new ResultFileError({
            where,
            what: "Unpacked it would take more than 2 GiB.",
            remedy: "Import its runs in several parts.",
          });
        return !name.endsWith("/");
      },
    });
    return files as Record<string, Uint8Array<ArrayBuffer>>;
  } catch (error) {
    if (error instanceof ResultFileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ResultFileError(
      { where, what: `It is not a whole zip file (${reason}).`, remedy: "Copy it again, or export the runs again." },
      error,
    );
  }
}

/**
 * Files by the folder they lie in; "" for none. What systems put beside files of their own accord (hidden files,
 * __MACOSX, Thumbs.db) is left out.
 */
export function groupByFolder(files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>): Map<string, FolderFiles> {
  const folders = new Map<string, Record<string, Uint8Array<ArrayBuffer>>>();
  for (const [path, bytes] of Object.entries(files)) {
    const steps = path.replaceAll("\\", "/").split("/");
    if (steps.some((step) => step.startsWith(".") || step === "__MACOSX" || step === "Thumbs.db")) continue;
    const name = steps.at(-1) ?? "";
    const folder = steps.slice(0, -1).join("/");
    const own = folders.get(folder) ?? {};
    own[name] = bytes;
    folders.set(folder, own);
  }
  return folders;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
