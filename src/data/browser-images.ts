/** CIFAR-10 as a page or its worker has it: imported or downloaded once, then kept in the browser's storage. */
import type { ImportedImages } from "./cifar10-files.ts";
import { DataMissingError } from "./data-error.ts";
import type { Split } from "./image-set.ts";
import { deleteImageSet, loadImageSet, type StoredManifest, saveImageSet, storedSets } from "./image-storage.ts";
import type { ImageReader } from "./load-images.ts";

const splits: readonly Split[] = ["train", "test"];
const storedName = (split: Split): string => `cifar10-${split}`;

/** Keeps the splits that were imported; a split that was not stays as it was. Throws as `saveImageSet` does. */
export async function keepCifar10(imported: ImportedImages, note: string): Promise<StoredManifest[]> {
  const kept: StoredManifest[] = [];
  for (const split of splits) {
    const set = imported[split];
    if (set !== null) kept.push(await saveImageSet(storedName(split), set, note));
  }
  return kept;
}

/** What is kept of CIFAR-10. */
export async function keptCifar10(): Promise<Partial<Record<Split, StoredManifest>>> {
  const stored = await storedSets();
  const find = (split: Split) => stored.find((manifest) => manifest.name === storedName(split));
  return { train: find("train"), test: find("test") };
}

export async function forgetCifar10(): Promise<void> {
  for (const split of splits) await deleteImageSet(storedName(split));
}

/** Reads what is kept; a path means nothing to a page. */
export const browserImages: ImageReader = {
  async readCifar10(split) {
    const images = await loadImageSet(storedName(split));
    if (images !== null) return images;
    throw new DataMissingError({
      where: "CIFAR-10",
      what: `This browser holds no ${split === "train" ? "training" : "test"} images of it.`,
      remedy: "Drop cifar-10-binary.tar.gz or its .bin files on the page, download it there, or use the synthetic set.",
    });
  },
};
