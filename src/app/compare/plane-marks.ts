/** Where three models stand in the picture of their plane. */
import type { PlaneMark } from "../../experiment/comparison.ts";
import { formatValue } from "../figure/format.ts";
import type { Pin } from "../scene/mark-layout.ts";
import { type Relief, vertexPosition } from "../scene/relief.ts";
import type { Figure } from "../stores/figure-store.ts";

/** From 0 to 1 along α and β. */
export function placeInPlane({ grid }: Pick<Figure, "grid">, { alpha, beta }: PlaneMark): readonly [number, number] {
  const t = (value: number, [low, high]: readonly [number, number]) => (value - low) / (high - low);
  return [t(alpha, [grid.alpha[0], grid.alpha[grid.columns - 1]]), t(beta, [grid.beta[0], grid.beta[grid.rows - 1]])];
}

const pinHeight = 0.3;

/** Pins on the vertices of the display grid nearest to the models; higher ones where labels would meet. */
export function planePins(
  figure: Figure,
  relief: Relief,
  marks: readonly PlaneMark[],
  names: readonly string[],
): Pin[] {
  if (figure.ghost) return [];
  const { display, range } = figure;
  return marks.map((mark, index) => {
    const [x, y] = placeInPlane(figure, mark);
    const vertex = (t: number, count: number) => Math.min(Math.max(Math.round(t * (count - 1)), 0), count - 1);
    const foot = vertexPosition(display, range, relief, vertex(x, display.columns), vertex(y, display.rows));
    return {
      text: `${names[index]} ${formatValue(mark.own.loss, 3)}`,
      foot,
      head: [foot[0], foot[1] + pinHeight * (1 + 0.35 * index), foot[2]],
    };
  });
}
