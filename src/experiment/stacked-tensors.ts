/** Several vectors of one parameter space in one file: each tensor with a leading axis that numbers the vectors. */
import type { NamedTensor } from "./safetensors/named-tensor.ts";

/** `vectors` are the named tensors of one vector each, with the same names and shapes in the same order. */
export function stackTensors(vectors: readonly (readonly NamedTensor[])[]): NamedTensor[] {
  const [first = []] = vectors;
  return first.map(({ name, shape, data }, i) => {
    const stacked = new Float32Array(vectors.length * data.length);
    vectors.forEach((tensors, k) => {
      stacked.set(tensors[i].data, k * data.length);
    });
    return { name, shape: [vectors.length, ...shape], data: stacked };
  });
}

/** The vector at `index`, views of the stacked data. Throws RangeError when a tensor has no such vector. */
export const unstackTensors = (stacked: readonly NamedTensor[], index: number): NamedTensor[] =>
  stacked.map(({ name, shape: [count = 0, ...shape], data }) => {
    if (!(index >= 0 && index < count))
      throw new RangeError(`${name} holds ${count} vectors, and not number ${index}.`);
    const length = data.length / count;
    return { name, shape, data: data.subarray(index * length, (index + 1) * length) };
  });
