/** The path as segments in the world of the relief: what of it lies inside the frame, each point at its own value. */
import type { Figure } from "../../figure/figure.ts";
import { heightOf, type Relief } from "../../figure/relief.ts";
import { pathInstances } from "../../scene/path-instances.ts";

/** Pairs of points (right, up, towards the viewer), three floats each; empty without a path. */
export function pathLines(figure: Figure, relief: Relief): Float32Array<ArrayBuffer> {
  if (!figure.path) return new Float32Array(0);
  const { from, to, reach } = pathInstances(figure, figure.path);
  const position = (u: number, v: number, scaled: number) => [
    relief.halfWidth * (2 * u - 1),
    heightOf(scaled, figure.range, relief),
    relief.halfDepth * (1 - 2 * v),
  ];
  const numbers: number[] = [];
  for (let at = 0; at < from.length; at += 4) {
    const [start, end] = [position(from[at], from[at + 1], from[at + 2]), position(to[at], to[at + 1], to[at + 2])];
    if (reach[at] >= reach[at + 1]) continue;
    for (const t of [reach[at], reach[at + 1]])
      numbers.push(...start.map((value, axis) => value + t * (end[axis] - value)));
  }
  return Float32Array.from(numbers);
}
