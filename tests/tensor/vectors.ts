/** Plain vectors of float64: seeded samples, products, and comparisons that fail with figures. */
import { expect } from "vitest";
import { elementCount, type Shape } from "../../src/tensor/program.ts";

type Random = () => number;

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
function randomStream(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

const independent =
  (draw: (random: Random) => number) =>
  (count: number, random: Random): number[] =>
    Array.from({ length: count }, () => draw(random));

/** Ways to fill a tensor. */
export const samplers = {
  /** In (−1, 1). */
  centred: independent((random) => 2 * random() - 1),
  /** In (0.5, 2). */
  positive: independent((random) => 0.5 + 1.5 * random()),
  /** In ±(0.2, 1.2), so that small steps change no sign. */
  awayFromZero: independent((random) => (random() < 0.5 ? -1 : 1) * (0.2 + random())),
  /** Evenly spaced in (−1, 1) and shuffled, so that small steps change no order. */
  distinct: (count: number, random: Random): number[] =>
    Array.from({ length: count }, (_, i) => ({ value: (2 * i + 1) / count - 1, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ value }) => value),
} as const;
export type SamplerName = keyof typeof samplers;

export const sample = (shape: Shape, seed: number, sampler: SamplerName = "centred"): Float64Array =>
  Float64Array.from(samplers[sampler](elementCount(shape), randomStream(seed)));

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
};

export const norm = (a: ArrayLike<number>): number => Math.sqrt(dot(a, a));

/** a + scale·b */
export const axpy = (a: Float64Array, scale: number, b: Float64Array): Float64Array =>
  a.map((x, i) => x + scale * b[i]);

export const join = (parts: readonly Float64Array[]): Float64Array =>
  Float64Array.from(parts.flatMap((part) => [...part]));

/** ‖actual − expected‖ ≤ tolerance·max(‖expected‖, floor). */
export function expectClose(
  actual: Float64Array,
  expected: Float64Array,
  tolerance: number,
  { floor = 0, subject = "vector" } = {},
): void {
  expect(actual.length, `length of ${subject}`).toBe(expected.length);
  const error = norm(axpy(actual, -1, expected));
  const allowed = tolerance * Math.max(norm(expected), floor);
  if (Number.isNaN(error) || error > allowed) {
    expect.fail(`${subject} is off by ${error} where ${allowed} is allowed:\n${actual}\nexpected\n${expected}`);
  }
}
