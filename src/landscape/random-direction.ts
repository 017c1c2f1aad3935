/** Random directions: N(0, I) over all parameters. Normalising and leaving tensors out come later, on the same draw. */
import { openRandomStream } from "../data/random.ts";
import type { Layout } from "../models/layout.ts";
import { normalSource } from "../models/normal.ts";
import { tensorOf } from "../models/weights.ts";

/** A flat vector of `layout`; the gaps stay zero. Every tensor has a stream of its own: (seed, its number). */
export function drawDirection(layout: Layout, seed: number): Float32Array {
  const direction = new Float32Array(layout.length);
  layout.entries.forEach((entry, i) => {
    const draw = normalSource(openRandomStream("direction", seed, i));
    const tensor = tensorOf(direction, entry);
    for (let k = 0; k < tensor.length; k++) tensor[k] = draw();
  });
  return direction;
}
