/** A figure in words: names, the caption under it, and the summary that a screen reader gets instead of the picture. */
import type { ModelSpec, Spec, SubsetSpec } from "../../experiment/spec.ts";
import type { SurfaceReport } from "../../experiment/surface.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import { formatCount, formatFixed, formatValue } from "./format.ts";
import { type Metric, metricAt, metricNames } from "./metric.ts";
import type { ProgressiveGrid } from "./progressive-grid.ts";

export function modelName(model: ModelSpec): string {
  if (model.name === "mlp") return `MLP ${model.hidden.join("–") || "without hidden layers"}, ${model.activation}`;
  return `VGG11${model.batchNorm ? "-BN" : ""}${model.width === 1 ? "" : `, width ×${model.width}`}`;
}

export function dataName(data: Spec["data"]): string {
  return data.source === "cifar10" ? "CIFAR-10" : "synthetic figures";
}

const normalizationNames = {
  filter: "filter-normalised",
  layer: "layer-normalised",
  weight: "weight-normalised",
  model: "model-normalised",
  none: "not normalised",
} as const;

const batchNormNames = {
  frozen: "BatchNorm statistics frozen",
  batch: "BatchNorm with batch statistics",
  reestimated: "BatchNorm re-estimated at every point",
} as const;

function subsetWords(name: string, subset: SubsetSpec, count: number): string {
  const how = { first: "the first", random: "random", balanced: "class-balanced" }[subset.select];
  const seed = subset.select === "first" ? "" : `, seed ${subset.seed}`;
  return `${name} set, ${how} ${formatCount(count)} images${seed}`;
}

/** Examples behind every value: what the report says, else what the spec asks for. */
export function exampleCount(spec: Spec, settings: SurfaceView, report: SurfaceReport | null): number | null {
  return report?.examples ?? spec.data[settings.subset].count ?? null;
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
  const hasBatchNorm = spec.model.name === "vgg11" && spec.model.batchNorm;
  const count = exampleCount(spec, settings, report);
  const direction = settings.y
    ? `Two random Gaussian directions, seeds ${settings.x.seed} (α) and ${settings.y.seed} (β)`
    : `One random Gaussian direction, seed ${settings.x.seed}`;
  const treatment = settings.biases === "ignore" ? "zero" : "included";
  const sentences = [
    `${direction}, ${normalizationNames[settings.normalization]}; biases${hasBatchNorm ? " and BatchNorm parameters" : ""} ${treatment} in them${
      settings.y && settings.orthogonalize ? "; orthogonalised" : ""
    }.`,
    report?.cosine == null ? "" : `Cosine of the directions ${formatValue(report.cosine, 2)}.`,
    hasBatchNorm ? `${batchNormNames[settings.batchNorm]}.` : "",
    `${dataName(spec.data)[0].toUpperCase()}${dataName(spec.data).slice(1)}, ${
      count === null
        ? `whole ${settings.subset === "train" ? "training" : "test"} set`
        : subsetWords(settings.subset === "train" ? "training" : "test", spec.data[settings.subset], count)
    }.`,
    `${settings.y ? `${settings.alpha.count} × ${settings.beta.count}` : settings.alpha.count} points${
      report?.status === "cancelled" ? ` asked for, ${formatCount(report.evaluations)} measured` : ""
    }${backend ? `, on ${backend}` : ""}.`,
  ];
  return {
    title: `${metricNames[metric]} around ${modelName(spec.model)}, ${label}.`,
    text: sentences.filter(Boolean).join(" "),
  };
}

/** Minimum, maximum, centre, and where: the figure for those who do not see it. */
export function figureSummary(grid: ProgressiveGrid, metric: Metric): string {
  const finite = [...grid.measured.keys()].filter(
    (cell) => grid.measured[cell] && Number.isFinite(metricAt(grid, metric, cell)),
  );
  const measured = grid.measuredCount;
  if (finite.length === 0) return `Nothing measured yet of ${formatCount(grid.size)} points.`;
  const value = (cell: number) => metricAt(grid, metric, cell);
  const lowest = finite.reduce((best, cell) => (value(cell) < value(best) ? cell : best));
  const highest = finite.reduce((best, cell) => (value(cell) > value(best) ? cell : best));
  const where = (cell: number) => {
    const alpha = `α = ${formatFixed(grid.alpha[cell % grid.columns], 3)}`;
    return grid.rows > 1 ? `${alpha}, β = ${formatFixed(grid.beta[Math.floor(cell / grid.columns)], 3)}` : alpha;
  };
  const centre = finite.find(
    (cell) =>
      Math.abs(grid.alpha[cell % grid.columns]) < 1e-9 && Math.abs(grid.beta[Math.floor(cell / grid.columns)]) < 1e-9,
  );
  const name = metricNames[metric].toLowerCase();
  return [
    `${formatCount(measured)} of ${formatCount(grid.size)} points measured.`,
    `Smallest ${name} ${formatValue(value(lowest))} at ${where(lowest)};`,
    `largest ${formatValue(value(highest))} at ${where(highest)}.`,
    centre === undefined ? "" : `At the centre ${formatValue(value(centre))}.`,
    measured > finite.length ? `${formatCount(measured - finite.length)} points are not finite.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}
