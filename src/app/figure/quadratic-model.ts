/** The quadratic model of the loss in a plane, as it is drawn: its values on the figure's scale, and what they say. */
import type { QuadraticModel } from "../../experiment/curvature.ts";
import { modelAt } from "../../experiment/quadratic-model.ts";
import type { SurfaceValues } from "../../experiment/surface.ts";
import type { ScaledField } from "./contour-lines.ts";
import { type ScaleKind, toScale, type ValueRange } from "./value-scale.ts";

/** The model's value on the scale; NaN where it is not positive and the scale is logarithmic. */
export function scaledModelAt(model: QuadraticModel, kind: ScaleKind, alpha: number, beta: number): number {
  const value = modelAt(model, alpha, beta);
  return kind === "log" && value <= 0 ? Number.NaN : toScale(value, kind);
}

/** Where the model leaves what is drawn, over the plane's own vertices. */
export interface ModelLimits {
  readonly leavesRange: boolean;
  /** It has no place on a logarithmic scale somewhere. */
  readonly leavesScale: boolean;
}

export function modelLimits(
  model: QuadraticModel,
  { kind, scaledLow, scaledHigh }: ValueRange,
  alpha: Float64Array,
  beta: Float64Array,
): ModelLimits {
  let [leavesRange, leavesScale] = [false, false];
  for (const b of beta) {
    for (const a of alpha) {
      const scaled = scaledModelAt(model, kind, a, b);
      if (Number.isNaN(scaled)) leavesScale = true;
      else if (scaled < scaledLow || scaled > scaledHigh) leavesRange = true;
    }
  }
  return { leavesRange, leavesScale };
}

/** Eigenvalues of the model's 2 × 2 Hessian, the larger first: curvatures in the plane's own units of α and β. */
export function planeCurvatures({
  hessian: [alphaAlpha, alphaBeta, betaBeta],
}: QuadraticModel): readonly [number, number] {
  const mean = (alphaAlpha + betaBeta) / 2;
  const radius = Math.hypot((alphaAlpha - betaBeta) / 2, alphaBeta);
  return [mean + radius, mean - radius];
}

/** The measured point where model and loss differ most; −1 without any. */
export function worstCell(model: QuadraticModel, { columns, alpha, beta, loss }: SurfaceValues): number {
  let [worst, largest] = [-1, -1];
  loss.forEach((value, cell) => {
    const difference = Math.abs(modelAt(model, alpha[cell % columns], beta[Math.floor(cell / columns)]) - value);
    if (Number.isFinite(difference) && difference > largest) [worst, largest] = [cell, difference];
  });
  return worst;
}

/** Along either side of the model's own grid: conics need no more. */
const fieldCount = 97;

/** The model over the rectangle between the ends of α and β, for contours. */
export function modelField(
  model: QuadraticModel,
  kind: ScaleKind,
  alpha: Float64Array,
  beta: Float64Array,
): ScaledField {
  const texels = new Float32Array(fieldCount * fieldCount);
  const along = (coordinates: Float64Array, index: number) => {
    const t = index / (fieldCount - 1);
    return coordinates[0] * (1 - t) + coordinates[coordinates.length - 1] * t;
  };
  for (let row = 0; row < fieldCount; row++) {
    for (let column = 0; column < fieldCount; column++) {
      texels[row * fieldCount + column] = scaledModelAt(model, kind, along(alpha, column), along(beta, row));
    }
  }
  return { columns: fieldCount, rows: fieldCount, texels, channels: 1 };
}
