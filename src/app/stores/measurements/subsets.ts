/** Spectra of mini-batches and resampled sets against the full set's; its parts are the samples. */
import { z } from "zod";
import type { SubsetSample } from "../../../experiment/curvature.ts";
import { numberField, numberListField } from "../../../experiment/url/url-field.ts";
import { curvatureRequest, solverOf } from "./matrix.ts";
import type { StreamedMeasurement } from "./measurement.ts";

const schema = z
  .strictObject({
    top: z.int().min(1).max(50).default(5),
    /** Sizes of mini-batches; none stands for parts of the whole set. */
    sizes: z.array(z.int().min(1).max(1_000_000)).max(12).default([]),
    draws: z.int().min(1).max(100).default(5),
    /** Draws with replacement of as many examples as the whole set has. */
    resampled: z.int().min(0).max(100).default(5),
  })
  .prefault({});

export type SubsetsView = z.infer<typeof schema>;

export const subsets: StreamedMeasurement<"subsets", SubsetSample, SubsetsView> = {
  label: "Compare subsets",
  name: "Subsets",
  panel: {
    title: "Subsets",
    labels: () => ["Top eigenpairs per sample", "Sizes of mini-batches", "Draws of each size", "Resampled sets"],
  },
  schema,
  fields: [
    numberField("subsetTop", "subsets.top"),
    numberListField("subsetSizes", "subsets.sizes"),
    numberField("subsetDraws", "subsets.draws"),
    numberField("resampled", "subsets.resampled"),
  ],
  params: (own, matrix, examples) => ({
    request: curvatureRequest(matrix),
    top: own.top,
    ...solverOf(matrix),
    batchSizes: subsetSizes(own, examples),
    draws: own.draws,
    resampled: own.resampled > 0 ? { size: examples, draws: own.resampled } : null,
  }),
  problem: (own, { examples }) =>
    subsetSizes(own, examples).some((size) => size > examples)
      ? `There are ${examples} examples: take no more than that in a mini-batch.`
      : null,
  partOf: (event) => (event.kind === "sample" ? event.sample : null),
  partsOf: ({ samples }) => samples,
};

/** Ascending and without repetition: the sizes chosen, or a sixteenth to a half of the set. */
export function subsetSizes({ sizes }: Pick<SubsetsView, "sizes">, examples: number): readonly number[] {
  const parts = [16, 8, 4, 2].map((part) => Math.round(examples / part)).filter((size) => size > 0);
  return [...new Set(sizes.length > 0 ? sizes : parts)].sort((a, b) => a - b);
}
