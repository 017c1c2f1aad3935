/** Distances in parameter space: float32 in, float64 sums. */

/** ‖a − b‖. */
export function distance(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`Vectors of ${a.length} and ${b.length} numbers.`);
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return Math.sqrt(sum);
}

export const difference = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, k) => value - b[k]);
