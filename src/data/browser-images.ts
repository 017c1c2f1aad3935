/** Images as a page's worker reads them: imported or downloaded once, then kept in the browser's storage. */
import { DataMissingError } from "./data-error.ts";
import type { Split } from "./image-set.ts";
import { loadImageSet } from "./image-storage.ts";
import { type ImageFiles, splitAdjectives } from "./load-images.ts";
import { dataSetFacts } from "./sets/facts.ts";

/** The name under which a split of a data set is kept. */
export const storedName = (id: string, split: Split): string => `${id}-${split}`;

/** Reads what is kept; a path means nothing to a page. */
export const browserImages: ImageFiles = {
  async read({ facts }, split) {
    const images = await loadImageSet(storedName(facts.id, split));
    if (images !== null) return images;
    const files = facts.files?.words ?? "its files";
    throw new DataMissingError({
      where: facts.title,
      what: `This browser holds no ${splitAdjectives[split]} images of it.`,
      remedy: `Drop ${files} on the page, download it there, or use the ${dataSetFacts[0].title}.`,
    });
  },
};
