/**
 * The frame around the relief: which edges carry ticks and which walls are drawn depends on where the camera stands.
 * Ticks run along the two floor edges nearest the viewer and up the leftmost corner; the walls behind carry a grid.
 */
import type { Orbit } from "../figure/orbit.ts";
import type { Point, Relief } from "../figure/relief.ts";
import type { SceneLabel } from "./label-layer.ts";

export interface AxisTick {
  /** −1 to 1 along the axis (floor axes), 0 to 1 (vertical). */
  readonly place: number;
  readonly text: string;
}

export interface AxesTicks {
  readonly alpha: readonly AxisTick[];
  readonly beta: readonly AxisTick[];
  readonly value: readonly AxisTick[];
  readonly valueName: string;
}

/** Which side the camera is on: −1 or 1 along x and z, and whether the vertical axis can be read from there. */
export interface Quadrant {
  readonly x: 1 | -1;
  readonly z: 1 | -1;
  readonly leftIsNearX: boolean;
  readonly steep: boolean;
}

export function quadrantOf(orbit: Orbit): Quadrant {
  const sin = Math.sin(orbit.azimuth);
  const cos = Math.cos(orbit.azimuth);
  const x = sin >= 0 ? 1 : -1;
  const z = cos >= 0 ? 1 : -1;
  return { x, z, leftIsNearX: x * cos + z * sin < 0, steep: orbit.elevation > 1.25 };
}

export const sameQuadrant = (a: Quadrant, b: Quadrant): boolean =>
  a.x === b.x && a.z === b.z && a.leftIsNearX === b.leftIsNearX && a.steep === b.steep;

export interface AxesLayout {
  /** Pairs of points: the frame, stronger. */
  readonly frame: readonly Point[];
  /** Pairs of points: grid on floor and walls, fainter. */
  readonly grid: readonly Point[];
  readonly labels: readonly SceneLabel[];
}

const tickLength = 0.03;
const labelGap = 0.1;
const nameGap = 0.24;

export function layOutAxes(relief: Relief, ticks: AxesTicks, quadrant: Quadrant): AxesLayout {
  const { halfWidth: w, halfDepth: d, top } = relief;
  const near = { x: quadrant.x * w, z: quadrant.z * d };
  const far = { x: -near.x, z: -near.z };
  const frame: Point[] = [];
  const grid: Point[] = [];
  const labels: SceneLabel[] = [];
  // From above, the relief's upper parts would stand before labels on the floor.
  const level = quadrant.steep ? top : 0;
  const line = (list: Point[], a: Point, b: Point) => list.push(a, b);

  line(frame, [-w, 0, -d], [w, 0, -d]);
  line(frame, [-w, 0, d], [w, 0, d]);
  line(frame, [-w, 0, -d], [-w, 0, d]);
  line(frame, [w, 0, -d], [w, 0, d]);
  line(frame, [far.x, 0, far.z], [far.x, top, far.z]);
  line(frame, [far.x, top, far.z], [near.x, top, far.z]);
  line(frame, [far.x, top, far.z], [far.x, top, near.z]);
  line(frame, [near.x, 0, far.z], [near.x, top, far.z]);
  line(frame, [far.x, 0, near.z], [far.x, top, near.z]);

  for (const { place, text } of ticks.alpha) {
    const x = place * w;
    line(grid, [x, 0, -d], [x, 0, d]);
    line(grid, [x, 0, far.z], [x, top, far.z]);
    line(frame, [x, 0, near.z], [x, 0, near.z + quadrant.z * tickLength]);
    labels.push({ text, position: [x, level, near.z + quadrant.z * labelGap], kind: "tick", rank: rankOf(place) });
  }
  for (const { place, text } of ticks.beta) {
    const z = -place * d;
    line(grid, [-w, 0, z], [w, 0, z]);
    line(grid, [far.x, 0, z], [far.x, top, z]);
    line(frame, [near.x, 0, z], [near.x + quadrant.x * tickLength, 0, z]);
    labels.push({ text, position: [near.x + quadrant.x * labelGap, level, z], kind: "tick", rank: rankOf(place) });
  }
  const corner = quadrant.leftIsNearX ? { x: near.x, z: far.z } : { x: far.x, z: near.z };
  const outX = quadrant.leftIsNearX ? quadrant.x : 0;
  const outZ = quadrant.leftIsNearX ? 0 : quadrant.z;
  for (const { place, text } of ticks.value) {
    const y = place * top;
    line(grid, [near.x, y, far.z], [far.x, y, far.z]);
    line(grid, [far.x, y, near.z], [far.x, y, far.z]);
    if (quadrant.steep) continue;
    line(frame, [corner.x, y, corner.z], [corner.x + outX * tickLength, y, corner.z + outZ * tickLength]);
    labels.push({ text, position: [corner.x + outX * labelGap, y, corner.z + outZ * labelGap], kind: "tick", rank: 2 });
  }
  labels.push({ text: "α", position: [0, level, near.z + quadrant.z * nameGap], kind: "axis", rank: 0 });
  labels.push({ text: "β", position: [near.x + quadrant.x * nameGap, level, 0], kind: "axis", rank: 0 });
  if (!quadrant.steep) {
    labels.push({ text: ticks.valueName, position: [corner.x, top + 0.1, corner.z], kind: "axis", rank: 0 });
  }
  return { frame, grid, labels };
}

/** Ends and the middle are worth more than what lies between. */
function rankOf(place: number): number {
  return Math.abs(place) < 1e-6 || Math.abs(Math.abs(place) - 1) < 1e-6 ? 1 : 3;
}
