/** What is drawn over a figure in words: sentences of the caption, and of the summary for those who do not see it. */
import { hasRunningStatistics } from "../../architectures/specs.ts";
import type { QuadraticModel } from "../../experiment/curvature.ts";
import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import { modelAt } from "../../experiment/quadratic-model.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import { formatCount, formatFixed, formatValue } from "../kit/format.ts";
import { type ConvexityLayer, type ConvexityMethod, convexityRatio } from "./convexity-layer.ts";
import type { Figure } from "./figure.ts";
import { type ModelLimits, modelLimits, planeCurvatures, worstCell } from "./quadratic-model.ts";

/** Words for the BatchNorm of the Hessian behind model and map; empty for networks without BatchNorm. */
function batchNormWords({ model }: Spec, batchNorm: SurfaceView["batchNorm"]): string {
  if (!hasRunningStatistics(model)) return "";
  return batchNorm === "batch" ? ", BatchNorm with batch statistics" : ", BatchNorm statistics frozen";
}

/** "translucent" on the relief, "dashed" on maps and lines. */
export type ModelLook = "translucent" | "dashed" | "translucent and dashed";

function modelCaption(spec: Spec, view: SurfaceView, { leavesScale }: ModelLimits, look: ModelLook): string {
  const formula = view.y ? "f(0) + gᵀs + ½sᵀHs at s = (α, β)" : "f(0) + gα + ½hα²";
  const gap = leavesScale ? ", not drawn where it is 0 or less, which a log scale has no place for" : "";
  const lead = look[0].toUpperCase() + look.slice(1);
  return `${lead}: the quadratic model ${formula}, from the exact gradient and Hessian at α${view.y ? " = β" : ""} = 0${batchNormWords(spec, view.batchNorm)}${gap}.`;
}

function modelSummary(model: QuadraticModel, grid: ProgressiveGrid): string {
  const isLine = grid.rows === 1;
  const [largest, smallest] = planeCurvatures(model);
  const [gAlpha, gBeta] = model.gradient;
  const derivatives = isLine
    ? `slope ${formatValue(gAlpha, 3)}, curvature ${formatValue(model.hessian[0], 3)}`
    : `gradient (${formatValue(gAlpha, 3)}, ${formatValue(gBeta, 3)}), curvatures in the plane ${formatValue(largest, 3)} and ${formatValue(smallest, 3)}`;
  const worst = worstCell(model, grid);
  if (worst < 0) return `Quadratic model: ${formatValue(model.loss)} at the centre, ${derivatives}.`;
  const [alpha, beta] = [grid.alpha[worst % grid.columns], grid.beta[Math.floor(worst / grid.columns)]];
  const place = `α = ${formatFixed(alpha, 3)}${isLine ? "" : `, β = ${formatFixed(beta, 3)}`}`;
  const difference = modelAt(model, alpha, beta) - grid.loss[worst];
  return `Quadratic model: ${formatValue(model.loss)} at the centre, ${derivatives}; furthest from the measured loss, by ${formatValue(difference, 3)}, at ${place}.`;
}

function convexityCaption(
  spec: Spec,
  view: SurfaceView,
  { columns, rows, measuredCount }: ConvexityLayer,
  { tolerance, dimension, unconverged }: ConvexityMethod,
): string {
  const total = columns * rows;
  const share = measuredCount < total ? `, ${formatCount(measuredCount)} measured` : "";
  const parameters = dimension === null ? "parameters" : `${formatCount(dimension)} parameters`;
  return `Colours: convexity |λmin/λmax| of the Hessian of the ${parameters} of rank ≥ 2, to a residual of ${tolerance} of the larger |λ|${batchNormWords(
    spec,
    view.batchNorm,
  )}, at ${columns} × ${rows} points${share}, bilinear between them${
    unconverged > 0 ? `; ${formatCount(unconverged)} of them fell short of the tolerance` : ""
  }.`;
}

function convexitySummary(layer: ConvexityLayer): string {
  const { columns, rows, values, measuredCount, nonFiniteCount, minCell, maxCell } = layer;
  const count = `Convexity measured at ${formatCount(measuredCount)} of ${formatCount(columns * rows)} points`;
  const lost = nonFiniteCount > 0 ? ` ${formatCount(nonFiniteCount)} of them are not finite.` : "";
  if (minCell < 0) return `${count}.${lost}`;
  const at = (cell: number) =>
    `${formatValue(convexityRatio(values, cell), 3)} at α = ${formatFixed(values.alpha[cell % columns], 3)}, β = ${formatFixed(
      values.beta[Math.floor(cell / columns)],
      3,
    )}`;
  return `${count}: |λmin/λmax| from ${at(minCell)} to ${at(maxCell)}.${lost}`;
}

type DrawnOver = Pick<Figure, "grid" | "range" | "model" | "layer">;

/** Sentences about all that is drawn over the measured values; empty for nothing. */
export function overlayCaption(
  { grid, range, model, layer }: DrawnOver,
  spec: Spec,
  view: SurfaceView,
  look: ModelLook,
  method: ConvexityMethod,
): string {
  const sentences = [
    model ? modelCaption(spec, view, modelLimits(model, range, grid.alpha, grid.beta), look) : "",
    layer ? convexityCaption(spec, view, layer, method) : "",
  ];
  return sentences.filter(Boolean).join(" ");
}

export function overlaySummary({ grid, model, layer }: DrawnOver): string {
  return [model ? modelSummary(model, grid) : "", layer ? convexitySummary(layer) : ""].filter(Boolean).join(" ");
}
