/** A plane through models in words and numbers: its caption, and the measured points as a table. */
import type { PlaneMark } from "../../experiment/comparison.ts";
import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import type { DataTable } from "../chart/data-table.ts";
import type { CaptionParts } from "../figure/describe.ts";
import { type Metric, metricNames } from "../figure/metric.ts";
import { formatCount, formatFixed, formatValue } from "../kit/format.ts";
import type { PlaneSubject } from "../stores/compare/plane.ts";
import { batchNormNames } from "./model-shapes.ts";

export interface PlaneWords {
  /** Begins the caption, after the metric: "on the plane through". */
  readonly place: string;
  /** Ends the caption. */
  readonly note: string;
  /** Names of the marked models. */
  readonly names: readonly string[];
}

export function planeCaption(
  subject: PlaneSubject,
  marks: readonly PlaneMark[],
  metric: Metric,
  { place, note, names }: PlaneWords,
): CaptionParts {
  const models = marks.map((mark, index) => markWords(mark, names[index], subject.models[index].runId !== null));
  const sentences = [
    `${models.join("; ")}.`,
    `Distances in the plane are those between the weights; training set, ${formatCount(subject.count)} × ${formatCount(
      subject.count,
    )} points.`,
    subject.source.weights.state.length > 0 ? `BatchNorm statistics ${batchNormNames[subject.batchNorm]}.` : "",
    note,
  ];
  return {
    title: `${metricNames[metric]} ${place} ${names.join(", ")}.`,
    text: sentences.filter(Boolean).join(" "),
  };
}

/** Weights that are no run's have no figures by themselves. */
function markWords({ alpha, beta, inPlane, own }: PlaneMark, name: string, isRun: boolean): string {
  const at = `${name} at α = ${formatFixed(alpha, 2)}, β = ${formatFixed(beta, 2)}: loss ${formatValue(inPlane.loss)}`;
  return isRun ? `${at} in the plane, ${formatValue(own.loss)} by itself` : at;
}

/** A row for every measured point. */
export function planeTable({
  alpha,
  beta,
  columns,
  size,
  measured,
  loss,
  lossError,
  accuracy,
}: ProgressiveGrid): DataTable {
  const cells = Array.from({ length: size }, (_, cell) => cell).filter((cell) => measured[cell]);
  return {
    columns: [
      { key: "alpha", title: "α" },
      { key: "beta", title: "β" },
      { key: "loss", title: "Loss" },
      { key: "lossError", title: "Standard error" },
      { key: "accuracy", title: "Accuracy" },
    ],
    rows: cells.map((cell) => [
      alpha[cell % columns],
      beta[Math.floor(cell / columns)],
      loss[cell],
      lossError[cell],
      accuracy[cell],
    ]),
  };
}
