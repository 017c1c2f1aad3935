/**
 * Random generators addressed by what they are for: (purpose, seed, counters) names one stream, which can be opened at
 * any time without having run the streams before it. The words are hashed (MurmurHash3's finaliser, four salts) into
 * the state of a xoroshiro128+ generator. Integer arithmetic only: the same bits on every platform.
 */
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** What draws are for. Streams of different purposes are independent even under one seed. */
const purposes = {
  subset: 1,
  epochOrder: 2,
  augmentation: 3,
  syntheticLabel: 4,
  syntheticImage: 5,
  initialization: 6,
  direction: 7,
  fisherLabel: 20,
  matching: 21,
  curvePoint: 22,
} as const;
export type RandomPurpose = keyof typeof purposes;

function scramble(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The generator of one stream. `seed` and `counters` count as unsigned 32-bit integers. */
export function openRandomStream(purpose: RandomPurpose, seed: number, ...counters: number[]): RandomGenerator {
  const key = [purposes[purpose], seed, ...counters];
  const state = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344].map((salt) =>
    key.reduce((hash, word) => scramble((Math.imul(hash, 5) + 0x9e3779b9) ^ word), salt),
  );
  return xoroshiro128plusFromState(state);
}
