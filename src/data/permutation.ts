/** Uniform random permutations by Fisher and Yates's shuffle (Durstenfeld 1964). */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * Shuffles `items` in place and returns it. With `settled`, only that many leading places are settled: they hold the
 * same items whatever `settled` is, so that a shorter draw is a prefix of a longer one.
 */
export function shuffle(items: Int32Array, random: RandomGenerator, settled = items.length): Int32Array {
  const places = Math.min(settled, items.length - 1);
  for (let place = 0; place < places; place++) {
    const other = uniformInt(random, place, items.length - 1);
    const item = items[place];
    items[place] = items[other];
    items[other] = item;
  }
  return items;
}

/** 0, 1, … count − 1. */
export const range = (count: number): Int32Array => Int32Array.from({ length: count }, (_, index) => index);
