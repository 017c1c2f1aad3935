/** The quadratic model's contours on a canvas: dashed, at the levels of the measured ones. */
import { joinContours } from "../figure/contour-paths.ts";
import type { Figure } from "../figure/figure.ts";
import { modelField } from "../figure/quadratic-model.ts";

/** Dash and gap, in pixels on screen. */
export const modelDash = [6, 4] as const;

/** Light on a dark halo: seen on every colour of every map, in both schemes. */
export const modelStrokes = { colour: "rgb(255 255 255 / 95%)", halo: "rgb(8 12 16 / 72%)" } as const;

export interface MapStrokes {
  readonly colour: string;
  /** Behind the dashes, so that they can be told from any colour below. */
  readonly halo: string;
  /** Canvas pixels to a pixel on screen. */
  readonly scale: number;
}

export function drawModelContours(
  context: CanvasRenderingContext2D,
  { model, range, levels, grid }: Figure,
  { colour, halo, scale }: MapStrokes,
): void {
  if (!model) return;
  const { width, height } = context.canvas;
  const field = modelField(model, range.kind, grid.alpha, grid.beta);
  const toX = (width - 1) / (field.columns - 1);
  const toY = (height - 1) / (field.rows - 1);
  const lines = new Path2D();
  for (const { points } of joinContours(
    field,
    levels.map(({ scaled }) => scaled),
  )) {
    lines.moveTo(points[0] * toX, height - 1 - points[1] * toY);
    for (let at = 2; at < points.length; at += 2) lines.lineTo(points[at] * toX, height - 1 - points[at + 1] * toY);
  }
  context.save();
  context.setLineDash(modelDash.map((length) => length * scale));
  context.strokeStyle = halo;
  context.lineWidth = 2.4 * scale;
  context.stroke(lines);
  context.strokeStyle = colour;
  context.lineWidth = 1.1 * scale;
  context.stroke(lines);
  context.restore();
}
