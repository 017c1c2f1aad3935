/** Contours as whole lines, which dashes need: the segments of marching squares joined end to end. */
import { type ScaledField, traceContours } from "./contour-lines.ts";

/** Points in vertex coordinates, x and y in turn. A closed line ends where it begins. */
export interface ContourPath {
  /** Position of the level. */
  readonly level: number;
  readonly points: readonly number[];
}

/** `levels` ascending, on the field's scale. */
export function joinContours(field: ScaledField, levels: readonly number[]): ContourPath[] {
  const byLevel = levels.map((): Segment[] => []);
  traceContours(field, levels, (x0, y0, x1, y1, level) => {
    // A contour that touches a vertex leaves a point there.
    if (x0 !== x1 || y0 !== y1) byLevel[level].push([x0, y0, x1, y1]);
  });
  return byLevel.flatMap((segments, level) => join(segments).map((points) => ({ level, points })));
}

type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

/** Neighbouring cells compute the crossing of their common edge by the same formula: equal ends are equal to the bit. */
const keyOf = (x: number, y: number) => `${x} ${y}`;

function join(segments: readonly Segment[]): number[][] {
  const touching = new Map<string, number[]>();
  segments.forEach(([x0, y0, x1, y1], index) => {
    for (const key of [keyOf(x0, y0), keyOf(x1, y1)]) {
      const others = touching.get(key);
      if (others) others.push(index);
      else touching.set(key, [index]);
    }
  });
  const used = new Uint8Array(segments.length);
  /** Goes on from a point until no unused segment touches it, and returns the points passed. */
  const follow = (fromX: number, fromY: number): number[] => {
    const points: number[] = [];
    let [x, y] = [fromX, fromY];
    while (true) {
      const next = touching.get(keyOf(x, y))?.find((index) => !used[index]);
      if (next === undefined) return points;
      used[next] = 1;
      const [x0, y0, x1, y1] = segments[next];
      [x, y] = x0 === x && y0 === y ? [x1, y1] : [x0, y0];
      points.push(x, y);
    }
  };
  const lines: number[][] = [];
  segments.forEach(([x0, y0, x1, y1], index) => {
    if (used[index]) return;
    used[index] = 1;
    const onwards = follow(x1, y1);
    lines.push([...reversedPoints(follow(x0, y0)), x0, y0, x1, y1, ...onwards]);
  });
  return lines;
}

function reversedPoints(points: readonly number[]): number[] {
  const reversed: number[] = [];
  for (let at = points.length - 2; at >= 0; at -= 2) reversed.push(points[at], points[at + 1]);
  return reversed;
}
