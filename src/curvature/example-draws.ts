/** Examples drawn from a set at random: mini-batches, and bootstrap resamples. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { range, shuffle } from "../data/permutation.ts";
import { openRandomStream } from "../data/random.ts";

export const exampleDrawKinds = ["mini-batch", "resampled"] as const;
/** Ways to draw examples: without replacement, or with it. */
export type ExampleDrawKind = (typeof exampleDrawKinds)[number];

/**
 * Positions in a set of `count`, ascending, `size` of them: draw number `index` of a seed. Of a mini-batch no two are the
 * same, so that one of the whole set is the set in order; a resample has any as often as it was drawn.
 */
export function drawExamples(
  kind: ExampleDrawKind,
  count: number,
  size: number,
  seed: number,
  index: number,
): Int32Array {
  const random = openRandomStream("subset", seed, size, index, exampleDrawKinds.indexOf(kind));
  const drawn =
    kind === "mini-batch"
      ? shuffle(range(count), random, size).slice(0, size)
      : Int32Array.from({ length: size }, () => uniformInt(random, 0, count - 1));
  return drawn.sort();
}
