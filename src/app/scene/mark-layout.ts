/** Where the marks stand: pins above the minimum and the centre, and the two grid lines through the cursor. */

import { centreCell } from "../../experiment/progressive-grid.ts";
import type { Cursor, Figure } from "../figure/figure.ts";
import { metricAt } from "../figure/metric.ts";
import { type Point, type Relief, vertexPosition } from "../figure/relief.ts";
import { formatValue } from "../kit/format.ts";
import type { SceneLabel } from "./label-layer.ts";
import { pathPosition } from "./pick-path.ts";

export interface Pin {
  readonly text: string;
  readonly foot: Point;
  readonly head: Point;
}

/** Lines are lifted this much, so that the sheet does not swallow them. */
const lift = 0.004;
const pinHeight = 0.26;

function cellPosition(figure: Figure, relief: Relief, column: number, row: number): Point {
  const { display, range } = figure;
  const factor = display.factor;
  return vertexPosition(
    display,
    range,
    relief,
    Math.min(column * factor, display.columns - 1),
    Math.min(row * factor, display.rows - 1),
  );
}

export function layOutPins(figure: Figure, relief: Relief): Pin[] {
  if (figure.ghost) return [];
  const { grid, metric, display } = figure;
  const centre = centreCell(grid);
  const best = metric === "accuracy" ? display.maxCell : display.minCell;
  const pins: Pin[] = [];
  const add = (cell: number, name: string, height: number) => {
    const foot = cellPosition(figure, relief, cell % grid.columns, Math.floor(cell / grid.columns));
    pins.push({
      text: `${name} ${formatValue(metricAt(grid, metric, cell))}`,
      foot,
      head: [foot[0], foot[1] + height, foot[2]],
    });
  };
  const bestName = metric === "accuracy" ? "maximum" : "minimum";
  if (centre >= 0 && grid.measured[centre]) add(centre, centre === best ? `θ, ${bestName}` : "θ", pinHeight);
  if (best >= 0 && best !== centre) add(best, bestName, pinHeight * 1.7);
  const start = figure.path && pathPosition(figure, figure.path, relief, 0);
  if (start)
    pins.push({ text: `step ${figure.path?.step[0]}`, foot: start, head: [start[0], start[1] + 0.12, start[2]] });
  return pins;
}

export function pinLabels(pins: readonly Pin[]): SceneLabel[] {
  return pins.map(({ text, head }) => ({ text, position: head, kind: "pin", rank: -1 }));
}

export function cursorProfiles(figure: Figure, relief: Relief, cursor: Cursor): { segments: Point[]; position: Point } {
  const { display, range } = figure;
  const factor = display.factor;
  const column = Math.min(cursor.column * factor, display.columns - 1);
  const row = Math.min(cursor.row * factor, display.rows - 1);
  const lifted = (x: number, y: number): Point => {
    const [px, py, pz] = vertexPosition(display, range, relief, x, y);
    return [px, py + lift, pz];
  };
  const segments: Point[] = [];
  for (let x = 0; x + 1 < display.columns; x++) segments.push(lifted(x, row), lifted(x + 1, row));
  for (let y = 0; y + 1 < display.rows; y++) segments.push(lifted(column, y), lifted(column, y + 1));
  return { segments, position: lifted(column, row) };
}
