/** Measures of flatness in words, and the estimates that stand after the parts that have come. */
import { modelTitle } from "../../../../architectures/specs.ts";
import {
  isAverage,
  type SharpnessEstimate,
  type SharpnessKind,
  type SharpnessRequest,
} from "../../../../experiment/sharpness.ts";
import type { SharpnessProgress } from "../../../../jobs/sharpness-jobs.ts";
import { type CaptionParts, dataName, subsetWords } from "../../../figure/describe.ts";
import { capitalised, formatValue } from "../../../kit/format.ts";
import { kindNames } from "../../../stores/measurements/sharpness.ts";
import type { SurfaceSource } from "../../../stores/surface-source.ts";

/** What moves, and how far. */
export const kindExplanations: Readonly<Record<SharpnessKind, string>> = {
  "adaptive-average": "every weight at random by ρ times its size",
  "filter-average": "at random, every filter by ρ times its norm",
  "adaptive-worst": "uphill, each weight in proportion to its size",
  "plain-worst": "uphill by ρ in all, whatever the weights' sizes",
};

/** The latest of each measure, in the order asked for. */
export function latestEstimates(parts: readonly SharpnessProgress[]): readonly SharpnessEstimate[] {
  const latest: SharpnessEstimate[] = [];
  for (const { measure, estimate } of parts) latest[measure] = estimate;
  return latest.filter((estimate) => estimate !== undefined);
}

/** "0.0213 ± 0.0012 of 20 draws", "at least 0.31 in 10 steps": a worst case is a lower bound. */
export function estimateWords({ kind, value, standardError, done }: SharpnessEstimate): string {
  if (!isAverage(kind)) return `at least ${formatValue(value, 3)} in ${done} steps`;
  const error = standardError !== null && Number.isFinite(standardError) ? ` ± ${formatValue(standardError, 2)}` : "";
  return `${formatValue(value, 3)}${error} of ${done} draws`;
}

/** `examples`: null until the job has told. */
export function sharpnessCaption(
  { spec, label }: SurfaceSource,
  request: SharpnessRequest,
  examples: number | null,
  backend: string | null,
): CaptionParts {
  const { subset, seed, measures } = request;
  const name = subset === "train" ? "training" : "test";
  const set = examples === null ? `${name} set` : subsetWords(name, spec.data[subset], examples);
  const radii = measures.map(({ kind, radius }) => `${kindNames[kind]}: ρ = ${formatValue(radius, 3)}`).join("; ");
  return {
    title: `Rise of the loss around the weights, ${modelTitle(spec.model)}, ${label}.`,
    text: [
      `${capitalised(radii)}.`,
      "Whiskers: one standard error over the draws. A worst case is the largest rise that its steps found, a lower bound.",
      `${capitalised(dataName(spec.data))}, ${set}.`,
      `Draws with seed ${seed}.`,
      backend ? `On ${backend}.` : "",
    ]
      .filter(Boolean)
      .join(" "),
  };
}
