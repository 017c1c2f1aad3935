/** What is marked in the picture of a plane: models, and a path over it. */
import type { PlaneMark, PlanePlace } from "../../experiment/comparison.ts";
import type { Figure } from "../figure/figure.ts";
import { type Point, type Relief, vertexPosition } from "../figure/relief.ts";
import { formatValue } from "../kit/format.ts";
import type { Pin } from "../scene/mark-layout.ts";

/** A place in the plane, from 0 to 1 along α and β. */
export function placeInPlane({ grid }: Pick<Figure, "grid">, { alpha, beta }: PlanePlace): readonly [number, number] {
  const t = (value: number, [low, high]: readonly [number, number]) => (value - low) / (high - low);
  return [t(alpha, [grid.alpha[0], grid.alpha[grid.columns - 1]]), t(beta, [grid.beta[0], grid.beta[grid.rows - 1]])];
}

const pinHeight = 0.3;

/** Pins at the models; higher ones where labels would meet. */
export function planePins(
  figure: Figure,
  relief: Relief,
  marks: readonly PlaneMark[],
  names: readonly string[],
): Pin[] {
  if (figure.ghost) return [];
  return marks.map((mark, index) => {
    const foot = onRelief(figure, relief, mark);
    return {
      text: `${names[index]} ${formatValue(mark.inPlane.loss, 3)}`,
      foot,
      head: [foot[0], foot[1] + pinHeight * (1 + 0.35 * index), foot[2]],
    };
  });
}

/** Lifted, so that the sheet does not swallow it. */
const lift = 0.006;

/** Pairs of points along a path over the relief. */
export function pathOverRelief(figure: Figure, relief: Relief, path: readonly PlanePlace[]): Point[] {
  if (figure.ghost) return [];
  const points = path.map((place): Point => {
    const [x, y, z] = onRelief(figure, relief, place);
    return [x, y + lift, z];
  });
  return points.slice(1).flatMap((point, index) => [points[index], point]);
}

/** Where the drawn relief is above a place, between its four vertices around it. */
function onRelief(figure: Figure, relief: Relief, place: PlanePlace): Point {
  const { display, range } = figure;
  const [across, along] = placeInPlane(figure, place);
  const [column, row] = [clamp(across) * (display.columns - 1), clamp(along) * (display.rows - 1)];
  const [left, near] = [Math.floor(column), Math.floor(row)];
  const [right, far] = [Math.min(left + 1, display.columns - 1), Math.min(near + 1, display.rows - 1)];
  const at = (c: number, r: number) => vertexPosition(display, range, relief, c, r);
  const between = (a: Point, b: Point, t: number): Point => [
    a[0] + t * (b[0] - a[0]),
    a[1] + t * (b[1] - a[1]),
    a[2] + t * (b[2] - a[2]),
  ];
  const t = column - left;
  return between(between(at(left, near), at(right, near), t), between(at(left, far), at(right, far), t), row - near);
}

const clamp = (t: number): number => Math.min(Math.max(t, 0), 1);
