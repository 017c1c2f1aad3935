/** The quadratic model along a line, as a path beside the measured values. */
import type { QuadraticModel } from "../../experiment/curvature.ts";
import { modelAt } from "../../experiment/quadratic-model.ts";
import type { Figure } from "../figure/figure.ts";
import { scaledModelAt } from "../figure/quadratic-model.ts";

/** A parabola is smooth at this many points. */
const modelPoints = 240;

/** Path of an SVG; broken where a logarithmic scale has no place for the model. `x` and `y` place α and the value. */
export function modelLine(
  { grid, range }: Pick<Figure, "grid" | "range">,
  model: QuadraticModel,
  x: (alpha: number) => number,
  y: (value: number) => number,
): string {
  const [low, high] = [grid.alpha[0], grid.alpha[grid.columns - 1]];
  let path = "";
  let command = "M";
  for (let point = 0; point <= modelPoints; point++) {
    const alpha = low + ((high - low) * point) / modelPoints;
    const isDrawn = !Number.isNaN(scaledModelAt(model, range.kind, alpha, 0));
    if (isDrawn) path += `${command}${x(alpha).toFixed(1)} ${y(modelAt(model, alpha, 0)).toFixed(1)}`;
    command = isDrawn ? "L" : "M";
  }
  return path;
}
