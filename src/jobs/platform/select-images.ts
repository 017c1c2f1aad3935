/** The subset of a data set that a spec names. */
import { gatherImages, type ImageSet, type Split } from "../../data/image-set.ts";
import { selectSubset } from "../../data/subsets.ts";
import { drawSyntheticImages, syntheticClassNames, syntheticLabels } from "../../data/synthetic.ts";
import type { DataSpec } from "../../experiment/spec.ts";

/** One synthetic set for everyone: its pictures are drawn from this seed. */
const syntheticSeed = 0;

/** Throws SubsetError. */
export function drawSyntheticSubset(data: DataSpec, split: Split): ImageSet {
  const labels = syntheticLabels(split, syntheticSeed);
  const where = `The synthetic ${split} set`;
  const indices = selectSubset({ labels, classNames: syntheticClassNames }, data[split], where);
  return drawSyntheticImages(split, indices, syntheticSeed);
}

/** Throws SubsetError. */
export const selectImages = (set: ImageSet, data: DataSpec, split: Split): ImageSet =>
  gatherImages(set, selectSubset(set, data[split], `The CIFAR-10 ${split} set`));
