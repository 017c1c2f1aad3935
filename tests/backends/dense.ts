/** Host tensors for tests: made from a formula of the index, compared norm-wise. */
import { expect } from "vitest";
import type { HostArray } from "../../src/backends/backend.ts";
import { type DType, elementCount, type Shape, type TensorType } from "../../src/tensor/program.ts";

export interface Dense {
  readonly type: TensorType;
  readonly data: readonly number[];
}

/** The tensor whose element at index (i, j, …) is `element(i, j, …)`. */
export function tabulate(shape: Shape, element: (...index: number[]) => number, dtype: DType = "float"): Dense {
  const data: number[] = [];
  const index = shape.map(() => 0);
  for (let position = 0; position < elementCount(shape); position++) {
    data.push(element(...index));
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
  return { type: { dtype, shape }, data };
}

/** The element of `tensor` at an index. */
export const at = ({ type: { shape }, data }: Dense, ...index: number[]): number =>
  data[index.reduce((offset, i, axis) => offset * shape[axis] + i, 0)];

export const scalar = (value: number): Dense => ({ type: { dtype: "float", shape: [] }, data: [value] });

/** A stored figure. */
export const stored = ({ shape, data }: { shape: number[]; data: number[] }): Dense => ({
  type: { dtype: "float", shape },
  data,
});

/** Numbers in (−1, 1), exact in float32, the same for the same seed (a linear congruential generator). */
export function random(shape: Shape, seed: number): Dense {
  let state = seed * 2654435761 + 1;
  return tabulate(shape, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 23 - 1;
  });
}

export function toHost({ type: { dtype }, data }: Dense): HostArray {
  if (dtype === "int") return new Int32Array(data);
  return dtype === "byte" ? new Uint8Array(data) : new Float32Array(data);
}

/** ‖found − wanted‖ / ‖wanted‖, or the plain norm where ‖wanted‖ is 0. NaN where any element is. */
export function relativeError(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < wanted.length; i++) {
    difference += (found[i] - wanted[i]) ** 2;
    norm += wanted[i] ** 2;
  }
  return Math.sqrt(difference / (norm || 1));
}

/** Asserts length, array type of integers, and norm-wise closeness. */
export function expectClose(found: HostArray, wanted: Dense, bound: number, label: string): void {
  expect(found.length, `${label}: element count`).toBe(wanted.data.length);
  if (wanted.type.dtype === "float") {
    expect(relativeError(found, wanted.data), `${label}: relative error`).toBeLessThanOrEqual(bound);
  } else {
    expect(found, label).toEqual(toHost(wanted));
  }
}
