/**
 * The number formats of tensors, read as float32. Values are little-endian, as they are on every machine that runs this
 * (typed arrays use the machine's order). Integers beyond 2^24 and float64 values are rounded to the nearest float32.
 */

export interface Dtype {
  readonly bytes: number;
  /** `bytes` starts at offset 0 of its own buffer, so that any typed array can be laid over it. */
  readonly toFloat32: (bytes: Uint8Array<ArrayBuffer>) => Float32Array;
}

/** Those that state dicts use. The format has more (integers of other widths, booleans, eight-bit floats). */
export const dtypes: ReadonlyMap<string, Dtype> = new Map([
  ["F32", { bytes: 4, toFloat32: ({ buffer }) => new Float32Array(buffer) }],
  ["F64", { bytes: 8, toFloat32: ({ buffer }) => Float32Array.from(new Float64Array(buffer)) }],
  ["F16", { bytes: 2, toFloat32: ({ buffer }) => Float32Array.from(new Uint16Array(buffer), halfToNumber) }],
  ["BF16", { bytes: 2, toFloat32: ({ buffer }) => bfloat16ToFloat32(new Uint16Array(buffer)) }],
  ["I64", { bytes: 8, toFloat32: ({ buffer }) => Float32Array.from(new BigInt64Array(buffer), Number) }],
  ["I32", { bytes: 4, toFloat32: ({ buffer }) => Float32Array.from(new Int32Array(buffer)) }],
]);

/** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 is the upper half of a float32. */
function bfloat16ToFloat32(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}
