/** Exponential smoothing of a curve with bias correction (as in Adam), so that its start is not drawn towards zero. */
export function smoothed(values: ArrayLike<number>, weight: number): Float64Array {
  const result = new Float64Array(values.length);
  let mean = 0;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (Number.isFinite(value)) {
      mean = weight * mean + (1 - weight) * value;
      total = weight * total + (1 - weight);
    }
    result[index] = total > 0 ? mean / total : Number.NaN;
  }
  return result;
}

/** Every n-th point of a long curve, and its last, so that drawing never exceeds `maximum` points. */
export function thinIndices(length: number, maximum: number): Int32Array {
  const stride = Math.max(1, Math.ceil(length / maximum));
  const count = Math.ceil(length / stride);
  const indices = Int32Array.from({ length: count }, (_, index) => index * stride);
  if (count > 0) indices[count - 1] = length - 1;
  return indices;
}
