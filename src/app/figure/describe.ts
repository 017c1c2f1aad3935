/** A figure in words: names, the caption under it, and the summary that a screen reader gets instead of the picture. */
import { hasRunningStatistics, modelTitle } from "../../architectures/specs.ts";
import { factsOf } from "../../data/sets/facts.ts";
import { centreCell, type ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import { lossNameOf, type Spec, type SubsetSpec } from "../../experiment/spec.ts";
import type { SurfaceReport } from "../../experiment/surface.ts";
import type { SurfaceView, ViewDirection } from "../../experiment/surface-view.ts";
import { capitalised, formatCount, formatFixed, formatValue } from "../kit/format.ts";
import type { DisplayGrid } from "./display-grid.ts";
import { lossUnits, type Metric, metricAt, metricNames } from "./metric.ts";
import { curvatureWords, treatmentWords } from "./treatment-words.ts";

export function dataName(data: Spec["data"]): string {
  return factsOf(data.source).title;
}

const batchNormNames = {
  frozen: "BatchNorm statistics frozen",
  batch: "BatchNorm with batch statistics",
  reestimated: "BatchNorm re-estimated at every point",
} as const;

export function subsetWords(name: string, subset: SubsetSpec, count: number): string {
  if (subset.count === undefined) return `${name} set, all ${formatCount(count)} images`;
  const how = { first: "the first", random: "random", balanced: "class-balanced" }[subset.select];
  const seed = subset.select === "first" ? "" : `, seed ${subset.seed}`;
  return `${name} set, ${how} ${formatCount(count)} images${seed}`;
}

/** A loss that is not the usual one, in a sentence; "" for the usual one. */
function lossWords(spec: Spec): string {
  const smoothing = spec.labelSmoothing ? `label smoothing ${spec.labelSmoothing}` : "";
  if (lossNameOf(spec) === "cross-entropy") return smoothing && `Cross-entropy with ${smoothing}.`;
  return `Loss is ${lossUnits[lossNameOf(spec)]}${smoothing && ` with ${smoothing}`}.`;
}

/** Examples behind every value: what the report says, else what the spec asks for. */
export function exampleCount(spec: Spec, settings: SurfaceView, report: SurfaceReport | null): number | null {
  return report?.examples ?? spec.data[settings.subset].count ?? null;
}

function directionWords(direction: ViewDirection): string {
  if (direction.kind === "random") return `a random Gaussian direction, seed ${direction.seed}`;
  if (direction.kind === "pca") return `principal direction ${direction.index} of the training’s path`;
  const { index } = direction;
  const rank = Math.abs(index) === 1 ? "" : `${ordinal(Math.abs(index))} `;
  return `the eigenvector of the ${rank}${index > 0 ? "largest" : "smallest"} Hessian eigenvalue`;
}

export function directionsWords({ x, y }: SurfaceView): string {
  if (y && x.kind === "random" && y.kind === "random")
    return `Two random Gaussian directions, seeds ${x.seed} (α) and ${y.seed} (β)`;
  const words = y ? `${directionWords(x)} (α), and ${directionWords(y)} (β)` : directionWords(x);
  return capitalised(words);
}

/** 2nd, 3rd, 4th, 11th, 21st. */
function ordinal(count: number): string {
  const suffix = Math.floor(count / 10) % 10 === 1 ? "th" : (["th", "st", "nd", "rd"][count % 10] ?? "th");
  return `${count}${suffix}`;
}

export interface CaptionParts {
  readonly title: string;
  readonly text: string;
}

export function figureCaption(
  spec: Spec,
  settings: SurfaceView,
  label: string,
  metric: Metric,
  report: SurfaceReport | null,
  backend: string | null,
): CaptionParts {
  const hasBatchNorm = hasRunningStatistics(spec.model);
  const count = exampleCount(spec, settings, report);
  const sentences = [
    `${directionsWords(settings)}, ${treatmentWords(settings, hasBatchNorm)}${
      settings.y && settings.orthogonalize ? "; orthogonalised" : ""
    }.`,
    curvatureWords(settings, report),
    lossWords(spec),
    report?.cosine == null ? "" : `Cosine of the directions ${formatValue(report.cosine, 2)}.`,
    hasBatchNorm ? `${batchNormNames[settings.batchNorm]}.` : "",
    `${capitalised(dataName(spec.data))}, ${
      count === null
        ? `whole ${settings.subset === "train" ? "training" : "test"} set`
        : subsetWords(settings.subset === "train" ? "training" : "test", spec.data[settings.subset], count)
    }.`,
    `${settings.y ? `${settings.alpha.count} × ${settings.beta.count}` : settings.alpha.count} points${
      report?.status === "cancelled" ? ` asked for, ${formatCount(report.evaluations)} measured` : ""
    }${backend ? `, on ${backend}` : ""}.`,
  ];
  return {
    title: `${metricNames[metric]} around ${modelTitle(spec.model)}, ${label}.`,
    text: sentences.filter(Boolean).join(" "),
  };
}

/** Minimum, maximum, centre, and where: the figure for those who do not see it. */
export function figureSummary(grid: ProgressiveGrid, metric: Metric, display: DisplayGrid): string {
  const { minCell, maxCell, nonFiniteCount } = display;
  const count = `${formatCount(grid.measuredCount)} of ${formatCount(grid.size)} points measured.`;
  const lost = nonFiniteCount > 0 ? `${formatCount(nonFiniteCount)} of them are not finite.` : "";
  if (minCell < 0) return [count, lost].filter(Boolean).join(" ");
  const value = (cell: number) => formatValue(metricAt(grid, metric, cell));
  const where = (cell: number) => {
    const alpha = `α = ${formatFixed(grid.alpha[cell % grid.columns], 3)}`;
    return grid.rows > 1 ? `${alpha}, β = ${formatFixed(grid.beta[Math.floor(cell / grid.columns)], 3)}` : alpha;
  };
  const centre = centreCell(grid);
  const name = metricNames[metric].toLowerCase();
  return [
    count,
    `Smallest ${name} ${value(minCell)} at ${where(minCell)};`,
    `largest ${value(maxCell)} at ${where(maxCell)}.`,
    centre >= 0 && grid.measured[centre] ? `At the centre ${value(centre)}.` : "",
    lost,
  ]
    .filter(Boolean)
    .join(" ");
}
