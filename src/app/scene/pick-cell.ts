/** The grid point nearest to where the pointer's ray meets the relief. */
import { type Camera, Raycaster, Vector2 } from "three";
import type { Cursor, Figure } from "../figure/figure.ts";
import { heightOf, type Relief } from "../figure/relief.ts";
import { pickHeightField } from "./pick.ts";

const raycaster = new Raycaster();
const pointer = new Vector2();

/** `x` and `y` from −1 to 1 across the picture; null beside the relief. */
export function pickCell(camera: Camera, figure: Figure, relief: Relief, x: number, y: number): Cursor | null {
  raycaster.setFromCamera(pointer.set(x, y), camera);
  const { origin, direction } = raycaster.ray;
  const { display, range } = figure;
  const hit = pickHeightField(
    {
      columns: display.columns,
      rows: display.rows,
      relief,
      height: (column, row) => heightOf(display.texels[(row * display.columns + column) * 4], range, relief),
    },
    { origin: [origin.x, origin.y, origin.z], direction: [direction.x, direction.y, direction.z] },
  );
  if (!hit) return null;
  const { grid } = figure;
  return {
    column: Math.round((hit.column / Math.max(1, display.columns - 1)) * (grid.columns - 1)),
    row: Math.round((hit.row / Math.max(1, display.rows - 1)) * (grid.rows - 1)),
  };
}
