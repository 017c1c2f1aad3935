/** CIFAR-10 as a page's worker reads it: imported or downloaded once, then kept in the browser's storage. */
import { DataMissingError } from "./data-error.ts";
import type { Split } from "./image-set.ts";
import { loadImageSet } from "./image-storage.ts";
import type { ImageReader } from "./load-images.ts";

/** The name under which a split of CIFAR-10 is kept. */
export const storedCifar10Name = (split: Split): string => `cifar10-${split}`;

/** Reads what is kept; a path means nothing to a page. */
export const browserImages: ImageReader = {
  async readCifar10(split) {
    const images = await loadImageSet(storedCifar10Name(split));
    if (images !== null) return images;
    throw new DataMissingError({
      where: "CIFAR-10",
      what: `This browser holds no ${split === "train" ? "training" : "test"} images of it.`,
      remedy: "Drop cifar-10-binary.tar.gz or its .bin files on the page, download it there, or use the synthetic set.",
    });
  },
};
