/** Algebra of flat vectors on the host: float32 in, float64 sums. */

export function dot(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`Vectors of ${a.length} and ${b.length} numbers.`);
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

export const norm = (a: Float32Array): number => Math.sqrt(dot(a, a));

/** ⟨a, b⟩/(‖a‖‖b‖); 0 when one of them is zero. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const scale = norm(a) * norm(b);
  return scale === 0 ? 0 : dot(a, b) / scale;
}

/** `a` without its part along `b`: a − ⟨a, b⟩/‖b‖² · b. */
export function orthogonalize(a: Float32Array, b: Float32Array): Float32Array {
  const square = dot(b, b);
  if (square === 0) return a.slice();
  const factor = dot(a, b) / square;
  return a.map((value, k) => value - factor * b[k]);
}
