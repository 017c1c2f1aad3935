/** Which figure of two models a matrix shows. */
import type { Distances } from "../../experiment/comparison.ts";

export const pairMeasures = ["distance", "cosine", "disagreement", "divergence"] as const;
export type PairMeasure = (typeof pairMeasures)[number];

export const measureNames: Readonly<Record<PairMeasure, string>> = {
  distance: "Distance ‖θ − θ′‖",
  cosine: "Cosine of θ − θ₀",
  disagreement: "Disagreement",
  divergence: "Divergence, nats",
};

export const measureNotes: Readonly<Record<PairMeasure, string>> = {
  distance: "Euclidean distance between the weights.",
  cosine: "Cosine of the ways that two runs have gone from their own initialisations.",
  disagreement: "Fraction of the test examples on which the predicted classes differ.",
  divergence: "Mean Kullback–Leibler divergence of the column's predictions from the row's over the test examples.",
};

export interface PairCell {
  readonly row: number;
  readonly column: number;
  /** NaN on the diagonal and where two models do not compare. */
  readonly value: number;
  /** Whether distances are those after the models' hidden units were matched. */
  readonly isMatched: boolean;
  /** Why there is no value; null where there is one. */
  readonly why: string | null;
}

/** Below the diagonal stands what matching hidden units makes of the pair, where that was measured. */
export function pairCells(distances: Distances, measure: PairMeasure): PairCell[][] {
  const count = distances.labels.length;
  const matched =
    measure === "distance" ? distances.matchedDistance : measure === "cosine" ? distances.matchedCosine : null;
  const about = measure === "distance" || measure === "cosine" ? "weights" : "predictions";
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (_, column) => {
      const isMatched = matched !== null && row > column;
      const cell = row * count + column;
      const value = row === column ? Number.NaN : (isMatched ? matched : distances[measure])[cell];
      const found = distances.incomparable.find(
        ({ pair, what }) => what === about && pair.includes(row) && pair.includes(column),
      );
      return {
        row,
        column,
        value,
        isMatched,
        why: row !== column && Number.isNaN(value) ? (found?.why ?? null) : null,
      };
    }),
  );
}
