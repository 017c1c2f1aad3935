/** Loads the images that an experiment's description of its data asks for: those it trains or is measured on. */
import { gatherImages, type ImageSet, type Split } from "./image-set.ts";
import type { DataSetFacts, ImageFileReader, SplitImages } from "./sets/data-set.ts";
import { dataSetOf, dataSets } from "./sets/sets.ts";
import { type SubsetRequest, selectSubset } from "./subsets.ts";

/** The part of an experiment's data description that is needed here. */
export interface DataRequest {
  /** The data set's id. */
  readonly source: string;
  /** Where files are read from; what it may be is up to the platform. */
  readonly path?: string;
  readonly train: SubsetRequest;
  readonly test: SubsetRequest;
}

/** How a platform gets at sets that come in files: `browser-images.ts` and `node-files.ts` each make one. */
export interface ImageFiles {
  /** All images of a split that there are. Throws DataMissingError when there are none. */
  read(set: DataSetInFiles, split: Split, path?: string): Promise<ImageSet>;
}

export interface DataSetInFiles {
  readonly facts: DataSetFacts;
  readonly reader: ImageFileReader;
}

export const splitAdjectives: Readonly<Record<Split, string>> = { train: "training", test: "test" };

/**
 * The chosen subset of a split, compact and in the order of the whole split. Throws SubsetError when the split is too
 * small, and what the platform throws.
 */
export async function loadImages(
  request: DataRequest,
  split: Split,
  platform: ImageFiles,
  sets = dataSets,
): Promise<ImageSet> {
  const { facts, reader } = dataSetOf(request.source, sets);
  const images =
    reader.kind === "drawn"
      ? reader.open(split)
      : inMemory(await platform.read({ facts, reader }, split, request.path));
  const where = `The ${facts.shortTitle} ${splitAdjectives[split]} images`;
  return images.gather(selectSubset(images, request[split], where));
}

const inMemory = (images: ImageSet): SplitImages => ({ ...images, gather: (indices) => gatherImages(images, indices) });
