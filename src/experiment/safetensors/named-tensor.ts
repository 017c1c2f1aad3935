/** A tensor of a file: what it is called, its shape and its values. Knows nothing of the model it belongs to. */

export interface NamedTensor {
  readonly name: string;
  /** Row-major; [] is a scalar. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A file's tensors in the order of their data, and its map of texts. */
export interface TensorFile {
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
