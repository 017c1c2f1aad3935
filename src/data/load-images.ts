/** From an experiment's description of its data to the images it trains or is measured on. */
import { gatherImages, type ImageSet, type Split } from "./image-set.ts";
import { type SubsetRequest, selectSubset } from "./subsets.ts";
import { drawSyntheticImages, syntheticClassNames, syntheticLabels } from "./synthetic.ts";

/** The part of an experiment's data description that is needed here. */
export interface DataRequest {
  readonly source: "synthetic" | "cifar10";
  /** Where files are read from; what it may be is up to the reader. */
  readonly path?: string;
  readonly train: SubsetRequest;
  readonly test: SubsetRequest;
}

/** How a platform gets at CIFAR-10: `browser-images.ts` and `node-files.ts` each make one. */
export interface ImageReader {
  /** All images of a split that there are. Throws DataMissingError when there are none. */
  readCifar10(split: Split, path?: string): Promise<ImageSet>;
}

/** The synthetic set is the same for everybody. */
const syntheticSeed = 0;

/**
 * The chosen subset of a split, compact and in the order of the whole split. Throws SubsetError when the split is too
 * small, and what the reader throws.
 */
export async function loadImages(request: DataRequest, split: Split, reader: ImageReader): Promise<ImageSet> {
  const adjective = split === "train" ? "training" : "test";
  if (request.source === "synthetic") {
    const examples = { labels: syntheticLabels(split, syntheticSeed), classNames: syntheticClassNames };
    const chosen = selectSubset(examples, request[split], `The synthetic ${adjective} images`);
    return drawSyntheticImages(split, chosen, syntheticSeed);
  }
  const images = await reader.readCifar10(split, request.path);
  return gatherImages(images, selectSubset(images, request[split], `The CIFAR-10 ${adjective} images`));
}
