/** CIFAR-10 brought into the browser's storage, from files or from its host. `data/browser-images.ts` reads it from there. */
import { storedCifar10Name } from "../../data/browser-images.ts";
import type { ImportedImages } from "../../data/cifar10-files.ts";
import { cifar10Sources } from "../../data/cifar10-sources.ts";
import { type DownloadProgress, downloadCifar10 } from "../../data/download.ts";
import { saveImageSet, storedSets } from "../../data/image-storage.ts";
import { type ImportProgress, importCifar10 } from "../../data/import-files.ts";
import type { ImportEvent, StoredImages } from "../image-jobs.ts";
import type { Platform } from "../job-context.ts";

const phases: Readonly<Record<(ImportProgress | DownloadProgress)["phase"], ImportEvent["phase"]>> = {
  downloading: "downloading",
  verifying: "checking",
  reading: "reading",
  decoding: "reading",
};

/** Everything is read and checked before anything is stored. */
export const importImages: Platform["importImages"] = async (params, { signal, emit }) => {
  const onProgress = (progress: ImportProgress | DownloadProgress) =>
    emit({
      phase: phases[progress.phase],
      loadedBytes: progress.done,
      totalBytes: progress.total,
      detail: "file" in progress ? progress.file : "",
    });
  const imported = await readImages(params, { signal, onProgress });
  signal.throwIfAborted();
  const note = params.kind === "download" ? downloadSource().name : params.files.map(({ name }) => name).join(", ");
  for (const split of ["train", "test"] as const) {
    const set = imported[split];
    if (!set) continue;
    emit({ phase: "storing", loadedBytes: 0, totalBytes: set.pixels.length, detail: `${set.count} ${split} images` });
    await saveImageSet(storedCifar10Name(split), set, note);
  }
  const stored = await storedImages();
  if (!stored) throw new Error("The images were stored and are not there.");
  return stored;
};

function readImages(
  params: Parameters<Platform["importImages"]>[0],
  options: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress | DownloadProgress) => void },
): Promise<ImportedImages> {
  return params.kind === "download" ? downloadCifar10(downloadSource(), options) : importCifar10(params.files, options);
}

/** The first that a page may read from. */
function downloadSource() {
  const source = cifar10Sources.find(({ crossOrigin }) => crossOrigin);
  if (!source) throw new Error("No source of CIFAR-10 lets a page read it.");
  return source;
}

export async function storedImages(): Promise<StoredImages | null> {
  const sets = await storedSets();
  const [train, test] = (["train", "test"] as const).map((split) =>
    sets.find(({ name }) => name === storedCifar10Name(split)),
  );
  if (!train && !test) return null;
  return {
    source: "cifar10",
    trainCount: train?.count ?? 0,
    testCount: test?.count ?? 0,
    bytes: (train?.bytes ?? 0) + (test?.bytes ?? 0),
  };
}
