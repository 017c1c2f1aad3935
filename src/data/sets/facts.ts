/** The data sets that Basin knows, as facts alone: no reader, so that a page's first chunk may hold them. */
import { cifar10Facts } from "./cifar10/facts.ts";
import type { DataSetFacts } from "./data-set.ts";
import { syntheticFacts } from "./synthetic/facts.ts";

/** The first is what an experiment that names none takes, and needs no files. */
export const dataSetFacts = [syntheticFacts, cifar10Facts] as const satisfies readonly DataSetFacts[];

export type DataSetId = (typeof dataSetFacts)[number]["id"];

export const dataSetIds: readonly DataSetId[] = dataSetFacts.map(({ id }) => id);

/** Throws RangeError for an id that is not in the list; what enters from outside is checked by the specification's schema. */
export function factsOf(id: string, sets: readonly DataSetFacts[] = dataSetFacts): DataSetFacts {
  const facts = sets.find((set) => set.id === id);
  if (!facts) throw new RangeError(`There is no data set "${id}"; there are ${sets.map((set) => set.id).join(", ")}.`);
  return facts;
}
