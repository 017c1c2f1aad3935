/** What is said of a curve between two runs: its settings, what it reached, its columns. */
import type { ModelCurve } from "../../experiment/comparison.ts";
import type { LineMetrics } from "../../experiment/storage/stored-comparisons.ts";
import type { CaptionParts } from "../figure/describe.ts";
import { countWords, formatCount, formatTick } from "../kit/format.ts";
import type { CurveSubject } from "../stores/compare/curve.ts";
import { barrierWords } from "./barrier-words.ts";
import { batchNormNames, hasBatchNorm } from "./model-shapes.ts";

const kindWords = ({ kind, controls }: CurveSubject["request"]): string =>
  kind === "bezier" ? "quadratic Bézier curve" : `polygonal chain of ${countWords(controls, "control point")}`;

export function curveCaption(
  { from, request, points, batchNorm }: CurveSubject,
  names: readonly [string, string],
  curve: ModelCurve | null,
): CaptionParts {
  const { optimizer, batchSize } = from.source.spec.training;
  const { epochs, learningRate, seed } = request;
  return {
    title: `Along a trained ${kindWords(request)} from ${names[0]} to ${names[1]}.`,
    text: [
      "Accent: the curve; dark: the straight line between the same runs. Solid: training set; dashed: test set.",
      `Trained by ${optimizer} for ${countWords(epochs, "epoch")}, batches of ${formatCount(batchSize)}, learning rate ${formatTick(learningRate)}, seed ${seed};`,
      `${formatCount(points)} points.`,
      hasBatchNorm(from) ? `BatchNorm statistics ${batchNormNames[batchNorm]}.` : "",
      "The barrier is how far the training loss rises over the straight line between its ends.",
      curve?.status === "cancelled" ? `Cancelled after ${formatCount(curve.batchLosses.length)} steps.` : "",
      curve ? `On ${curve.report.backend}.` : "",
    ]
      .filter(Boolean)
      .join(" "),
  };
}

export function curveSummary(curve: ModelCurve | null, line: LineMetrics | null): string {
  return [
    curve?.figures && barrierWords("Barrier of the training loss on the curve", curve.figures.train.barrier),
    line && barrierWords("On the straight line", line.raw.train.barrier),
  ]
    .filter(Boolean)
    .join(" ");
}
