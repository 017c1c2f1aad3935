/** Comparisons as JSON documents. Numbers that JSON can't hold, and pairs that don't compare, are null. */
import type { Distances, Matching } from "./comparison.ts";

const print = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** A distances.json: matrices as rows, in the order of `labels`. */
export function distancesToJson(distances: Distances): string {
  const { labels, norms, fromInitialization, incomparable, report } = distances;
  const rows = (matrix: Float64Array | null) =>
    matrix && labels.map((_, i) => [...matrix.subarray(i * labels.length, (i + 1) * labels.length)]);
  return print({
    format: "basin-distances",
    version: 1,
    labels,
    norms: [...norms],
    fromInitialization: [...fromInitialization],
    distance: rows(distances.distance),
    cosine: rows(distances.cosine),
    matchedDistance: rows(distances.matchedDistance),
    matchedCosine: rows(distances.matchedCosine),
    disagreement: rows(distances.disagreement),
    divergence: rows(distances.divergence),
    incomparable,
    report,
  });
}

/** The permutations of a matching; the permuted weights are a checkpoint of their own. */
export const matchingToJson = ({ permutations, weights: _, ...figures }: Matching): string =>
  print({
    format: "basin-matching",
    version: 1,
    ...figures,
    permutations: Object.fromEntries(permutations.map(({ layer, permutation }) => [layer, [...permutation]])),
  });
