/** How many images there are before any is loaded: those that this browser keeps of a data set, else the whole of it. */
import type { Split } from "../../data/image-set.ts";
import { factsOf } from "../../data/sets/facts.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { StoredImages } from "../../jobs/image-jobs.ts";

/** What the browser keeps, a data set each. */
export type KeptImages = readonly StoredImages[];

export type ImageCounts = StoredImages["counts"];

export const imageCounts = (source: string, kept: KeptImages): ImageCounts =>
  kept.find(({ set }) => set === source)?.counts ?? factsOf(source).counts;

/** What the specification asks for, or all there are. */
export const exampleCount = ({ data }: Pick<Spec, "data">, split: Split, kept: KeptImages): number =>
  data[split].count ?? imageCounts(data.source, kept)[split];
