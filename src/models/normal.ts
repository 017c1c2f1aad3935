/**
 * Standard normal draws with the same bits on every platform. Math.log and Math.cos may differ between engines in their last
 * bits; here the polar method (Marsaglia & Bray 1964) uses IEEE arithmetic, the square root and a logarithm of its own.
 */
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** Uniform in [0, 1), a multiple of 2⁻⁵³, from two draws. */
export const uniform = (random: RandomGenerator): number => {
  const high = random.next() >>> 5;
  const low = random.next() >>> 6;
  return (high * 67_108_864 + low) / 9_007_199_254_740_992;
};

const bits = new DataView(new ArrayBuffer(8));

/** The natural logarithm of a positive normal number, within an ulp or two: ln 2ᵉ + 2·artanh((m − 1)/(m + 1)). */
export function portableLog(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0;
  // |s| < 0.172, so that the first term left out is below 2⁻⁵³ of the sum.
  for (let k = 21; k >= 1; k -= 2) series = series * square + 1 / k;
  return exponent * Math.LN2 + 2 * s * series;
}

/** A source of independent N(0, 1) draws in float64. */
export function normalSource(random: RandomGenerator): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const draw = spare;
      spare = undefined;
      return draw;
    }
    for (;;) {
      const x = 2 * uniform(random) - 1;
      const y = 2 * uniform(random) - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * portableLog(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
}
