/** The synthetic set as experiments use it, the same for everybody. */
import type { ImageDrawer } from "../data-set.ts";
import { syntheticFacts } from "./facts.ts";
import { drawSyntheticImages, syntheticLabels } from "./pictures.ts";

const seed = 0;

export const syntheticReader: ImageDrawer = {
  kind: "drawn",
  open: (split) => ({
    labels: syntheticLabels(split, seed),
    classNames: syntheticFacts.classNames,
    gather: (indices) => drawSyntheticImages(split, indices, seed),
  }),
};
