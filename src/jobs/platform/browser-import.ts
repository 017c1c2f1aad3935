/** Images brought into the browser's storage, from files or from their host. `data/browser-images.ts` reads them from there. */
import { storedName } from "../../data/browser-images.ts";
import { type DownloadProgress, downloadFiles } from "../../data/download.ts";
import { deleteImageSet, saveImageSet, storedSets } from "../../data/image-storage.ts";
import { downloadSourceOf, type ImportProgress } from "../../data/sets/data-set.ts";
import { type DataSetId, dataSetIds } from "../../data/sets/facts.ts";
import { dataSetOf } from "../../data/sets/sets.ts";
import type { ImportEvent, StoredImages } from "../image-jobs.ts";
import type { Platform } from "../job-context.ts";

const splits = ["train", "test"] as const;

const phases: Readonly<Record<(ImportProgress | DownloadProgress)["phase"], ImportEvent["phase"]>> = {
  downloading: "downloading",
  verifying: "checking",
  reading: "reading",
  decoding: "reading",
};

/** Everything is read and checked before anything is stored. */
export const importImages: Platform["importImages"] = async (params, { signal, emit }) => {
  const { facts, reader } = dataSetOf(params.set);
  if (reader.kind === "drawn") throw new Error(`The ${facts.title} are drawn: there is nothing to import.`);
  const onProgress = (progress: ImportProgress | DownloadProgress) =>
    emit({
      phase: phases[progress.phase],
      loadedBytes: progress.done,
      totalBytes: progress.total,
      detail: "file" in progress ? progress.file : "",
    });
  const { files, note } = await filesOf(params, { signal, onProgress });
  const imported = await reader.importFiles(files, { signal, onProgress });
  signal.throwIfAborted();
  for (const split of splits) {
    const set = imported[split];
    if (!set) continue;
    emit({ phase: "storing", loadedBytes: 0, totalBytes: set.pixels.length, detail: `${set.count} ${split} images` });
    await saveImageSet(storedName(params.set, split), set, note);
  }
  return storedImages();
};

async function filesOf(
  params: Parameters<Platform["importImages"]>[0],
  options: { readonly signal: AbortSignal; readonly onProgress: (progress: DownloadProgress) => void },
): Promise<{ readonly files: readonly File[]; readonly note: string }> {
  if (params.kind === "files") return { files: params.files, note: params.files.map(({ name }) => name).join(", ") };
  const { facts } = dataSetOf(params.set);
  const source = downloadSourceOf(facts);
  if (!source) throw new Error(`No source of ${facts.title} lets a page read it.`);
  return { files: await downloadFiles(source, facts.files?.sources ?? [], options), note: source.name };
}

export async function storedImages(): Promise<readonly StoredImages[]> {
  const kept = await storedSets();
  return dataSetIds.flatMap((set) => {
    const [train, test] = splits.map((split) => kept.find(({ name }) => name === storedName(set, split)));
    if (!train && !test) return [];
    const counts = { train: train?.count ?? 0, test: test?.count ?? 0 };
    return [{ set, counts, bytes: (train?.bytes ?? 0) + (test?.bytes ?? 0) }];
  });
}

export async function removeImages(set: DataSetId): Promise<readonly StoredImages[]> {
  for (const split of splits) await deleteImageSet(storedName(set, split));
  return storedImages();
}
