/**
 * Where a ray meets the relief: the display grid is walked cell by cell along the ray (Amanatides and Woo 1987) and the
 * crossing is found in the bilinear patch. Analytic, because the mesh that three.js knows is flat: heights exist only in
 * the shader.
 */
import type { Point, Relief } from "../figure/relief.ts";

export interface HeightField {
  readonly columns: number;
  readonly rows: number;
  readonly relief: Relief;
  /** World height of a vertex. */
  height(column: number, row: number): number;
}

export interface Ray {
  readonly origin: Point;
  readonly direction: Point;
}

/** Grid coordinates of the first crossing (fractions of vertices), and the distance along the ray; null for a miss. */
export interface Hit {
  readonly column: number;
  readonly row: number;
  readonly distance: number;
}

export function pickHeightField(field: HeightField, ray: Ray): Hit | null {
  const toColumn = (field.columns - 1) / (2 * field.relief.halfWidth);
  const toRow = (field.rows - 1) / (2 * field.relief.halfDepth);
  const [ox, oy, oz] = ray.origin;
  const [dx, dy, dz] = ray.direction;
  const start = { column: (ox + field.relief.halfWidth) * toColumn, row: (field.relief.halfDepth - oz) * toRow };
  const step = { column: dx * toColumn, row: -dz * toRow };
  const slack = 1e-3;
  const spans = [
    slab(start.column, step.column, 0, field.columns - 1),
    slab(start.row, step.row, 0, field.rows - 1),
    slab(oy, dy, -slack, field.relief.top + slack),
  ];
  const enter = Math.max(0, ...spans.map(([low]) => low));
  const leave = Math.min(...spans.map(([, high]) => high));
  if (!(enter < leave)) return null;

  const above = (distance: number, cellColumn: number, cellRow: number) =>
    oy +
    dy * distance -
    bilinear(field, cellColumn, cellRow, start.column + step.column * distance, start.row + step.row * distance);

  let distance = enter;
  const last = { column: Math.max(0, field.columns - 2), row: Math.max(0, field.rows - 2) };
  while (distance < leave) {
    const inside = Math.min(distance + 1e-7, leave);
    const cellColumn = clampIndex(Math.floor(start.column + step.column * inside), last.column);
    const cellRow = clampIndex(Math.floor(start.row + step.row * inside), last.row);
    const next = Math.min(
      leave,
      crossing(start.column, step.column, cellColumn, inside),
      crossing(start.row, step.row, cellRow, inside),
    );
    const before = above(distance, cellColumn, cellRow);
    const after = above(next, cellColumn, cellRow);
    if (before === 0 || before * after < 0) {
      const at = bisect((value) => above(value, cellColumn, cellRow), distance, next, before);
      return { column: start.column + step.column * at, row: start.row + step.row * at, distance: at };
    }
    distance = next > distance ? next : distance + 1e-6;
  }
  return null;
}

function slab(origin: number, step: number, low: number, high: number): [number, number] {
  if (Math.abs(step) < 1e-12) {
    return origin >= low && origin <= high
      ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
      : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  }
  const a = (low - origin) / step;
  const b = (high - origin) / step;
  return a < b ? [a, b] : [b, a];
}

/** Distance at which the ray leaves the unit interval that starts at `cell`. */
function crossing(origin: number, step: number, cell: number, after: number): number {
  if (Math.abs(step) < 1e-12) return Number.POSITIVE_INFINITY;
  const at = ((step > 0 ? cell + 1 : cell) - origin) / step;
  return at > after ? at : Number.POSITIVE_INFINITY;
}

function clampIndex(index: number, last: number): number {
  return Math.min(Math.max(index, 0), last);
}

function bilinear(field: HeightField, column: number, row: number, x: number, y: number): number {
  const right = Math.min(column + 1, field.columns - 1);
  const up = Math.min(row + 1, field.rows - 1);
  const u = x - column;
  const v = y - row;
  const low = field.height(column, row) * (1 - u) + field.height(right, row) * u;
  const high = field.height(column, up) * (1 - u) + field.height(right, up) * u;
  return low * (1 - v) + high * v;
}

function bisect(f: (distance: number) => number, from: number, to: number, atFrom: number): number {
  let [low, high] = [from, to];
  for (let round = 0; round < 32 && high - low > 1e-7; round++) {
    const middle = (low + high) / 2;
    if (f(middle) * atFrom > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
