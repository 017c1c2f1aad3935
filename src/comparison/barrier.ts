/** How far the loss along a path rises over the straight line between the losses at its ends. */
import type { Barrier } from "../experiment/comparison.ts";

/** `t` ascends from 0 to 1. */
export function findBarrier(t: Float64Array, loss: Float64Array): Barrier {
  const last = loss.length - 1;
  let best: Barrier = { height: 0, t: t[0] };
  for (let k = 0; k <= last; k++) {
    if (!Number.isFinite(loss[k])) return { height: Number.NaN, t: t[k] };
    const height = loss[k] - ((1 - t[k]) * loss[0] + t[k] * loss[last]);
    if (height > best.height) best = { height, t: t[k] };
  }
  return best;
}
