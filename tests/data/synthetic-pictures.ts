/** The first pictures of the synthetic set, for tests that need some images or other. */
import type { ImageSet, Split } from "../../src/data/image-set.ts";
import { range } from "../../src/data/permutation.ts";
import { drawSyntheticImages } from "../../src/data/sets/synthetic/pictures.ts";

export const picturesOf = (count: number, seed = 0, split: Split = "train"): ImageSet =>
  drawSyntheticImages(split, range(count), seed);
