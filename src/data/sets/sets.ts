/** The data sets with their readers, for those that load images: the worker and the command line. */
import { cifar10Reader } from "./cifar10/reader.ts";
import type { DataSet, ImageDrawer, ImageFileReader } from "./data-set.ts";
import { type DataSetId, dataSetFacts, factsOf } from "./facts.ts";
import { syntheticReader } from "./synthetic/reader.ts";

const readers: Readonly<Record<DataSetId, ImageDrawer | ImageFileReader>> = {
  synthetic: syntheticReader,
  cifar10: cifar10Reader,
};

export const dataSets: readonly DataSet[] = dataSetFacts.map((facts) => ({ facts, reader: readers[facts.id] }));

/** Throws RangeError for an id that is not in the list. */
export function dataSetOf(id: string, sets: readonly DataSet[] = dataSets): DataSet {
  const known = factsOf(
    id,
    sets.map(({ facts }) => facts),
  );
  return sets.find(({ facts }) => facts === known)!;
}
