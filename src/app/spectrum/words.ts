/** Curvature in words: names, captions under figures, and summaries for those who do not see them. */
import { hasRunningStatistics, modelTitle } from "../../architectures/specs.ts";
import type {
  CurvatureKind,
  CurvatureReport,
  CurvatureRequest,
  ProbeMean,
  Spectrum,
  SpectrumStatus,
} from "../../experiment/curvature.ts";
import type { CurvatureStarted, ResumedSolve } from "../../jobs/curvature-jobs.ts";
import { type CaptionParts, dataName, subsetWords } from "../figure/describe.ts";
import { pairName } from "../figure/pair-name.ts";
import { capitalised, countWords, formatCount, formatTick, formatValue } from "../kit/format.ts";
import type { SurfaceSource } from "../stores/surface-source.ts";

const operatorNames: Readonly<Record<CurvatureKind, string>> = {
  hessian: "Hessian",
  ggn: "Gauss–Newton matrix",
  fisher: "Fisher matrix",
  "empirical-fisher": "empirical Fisher matrix",
};

/** What a measurement was of, whether it has ended or not. */
export interface Subject {
  readonly source: SurfaceSource;
  readonly request: CurvatureRequest;
  /** Null until it has started. */
  readonly dimension: number | null;
  readonly examples: number | null;
  readonly backend: string | null;
}

export function subjectOf(
  source: SurfaceSource,
  request: CurvatureRequest,
  known: CurvatureReport | CurvatureStarted | null,
): Subject {
  return {
    source,
    request,
    dimension: known?.dimension ?? null,
    examples: known?.examples ?? null,
    backend: known?.backend ?? null,
  };
}

/** `what` begins the caption; `how` are sentences about the computation: k, tolerance, probes. */
export function curvatureCaption(
  what: string,
  { source, request, dimension, examples, backend }: Subject,
  how: readonly string[],
): CaptionParts {
  const { spec, label } = source;
  const hasBatchNorm = hasRunningStatistics(spec.model);
  const name = request.subset === "train" ? "training" : "test";
  const count = examples ?? spec.data[request.subset].count ?? null;
  const isPart = request.parameters.some((pattern) => pattern !== "*");
  const sentences = [
    isPart ? `Block of ${request.parameters.join(", ")}.` : "",
    dimension === null ? "" : `${formatCount(dimension)} parameters.`,
    request.filterScaled ? "Scaled by the filters' norms (D·A·D)." : "",
    hasBatchNorm
      ? request.batchNorm === "frozen"
        ? "BatchNorm statistics frozen."
        : `BatchNorm with statistics of batches of ${formatCount(Math.min(count ?? spec.training.batchSize, spec.training.batchSize))}.`
      : "No BatchNorm.",
    `${capitalised(dataName(spec.data))}, ${
      count === null ? `whole ${name} set` : subsetWords(name, spec.data[request.subset], count)
    }.`,
    ...how,
    backend ? `On ${backend}.` : "",
  ];
  return {
    title: `${what} of the ${operatorNames[request.operator]}, ${modelTitle(spec.model)}, ${label}.`,
    text: sentences.filter(Boolean).join(" "),
  };
}

/** "k = 10 + 2, tolerance 10⁻³": pairs from the top and from the bottom. */
export const solveWords = (top: number, bottom: number, tolerance: number): string =>
  `k = ${top}${bottom > 0 ? ` from the top and ${bottom} from the bottom` : ""}, residuals at most ${formatTick(tolerance)}·|λ|max.`;

export const spectrumStatusWords: Readonly<Record<SpectrumStatus, string>> = {
  converged: "All pairs converged.",
  "max-steps": "The bound on products was reached before all pairs converged.",
  breakdown: "The Krylov space came to its end: these are all the eigenvalues it holds.",
  "non-finite": "A product was not finite: the last good values are shown, their residuals are estimates.",
  cancelled: "Cancelled: what had converged is kept, its residuals are estimates.",
};

/** Residuals of these are the solver's own estimates, not measured by a product each. */
export const isEstimated = (status: SpectrumStatus) => status === "cancelled" || status === "non-finite";

/** A measured residual may lie a rounding above the estimate by which the solver stopped. */
const slack = 1.05;

/** Both relative to the largest |λ|. */
export const isWithin = (residual: number, tolerance: number): boolean => residual <= tolerance * slack;

export const formatMean = ({ mean, standardError }: ProbeMean): string =>
  Number.isFinite(standardError) ? `${formatValue(mean, 3)} ± ${formatValue(standardError, 2)}` : formatValue(mean, 3);

export function spectrumSummary({ eigenvalues, residuals, top, products, status }: Spectrum): string {
  if (eigenvalues.length === 0) return `No eigenpair was found in ${formatCount(products)} products.`;
  const negative = eigenvalues.filter((value) => value < 0).length;
  const pair = (place: number) =>
    `${formatValue(eigenvalues[place])} ± ${formatValue(residuals[place], 2)}${isEstimated(status) ? " (estimate)" : ""}`;
  return [
    `${eigenvalues.length} eigenpairs in ${formatCount(products)} products.`,
    top > 0 ? `Largest ${pair(0)}${top > 1 ? `, ${pairName(top)} ${pair(top - 1)}` : ""}.` : "",
    top < eigenvalues.length ? `Smallest ${pair(top)}.` : "",
    `${negative} of them negative.`,
    spectrumStatusWords[status],
  ]
    .filter(Boolean)
    .join(" ");
}

/** What a solve that lost its device went on from. */
export const recoveryWords = ({ products, lostProducts }: ResumedSolve): string =>
  products === 0
    ? `No basis was stored yet: ${countWords(lostProducts, "product")} had to be done again.`
    : `It went on from the basis stored after ${countWords(products, "product")}; ${formatCount(lostProducts)} had to be done again.`;
