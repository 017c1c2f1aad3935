/** Copies that move, repeat, cut or extend: one side is gone through row by row, the other by strides. */
import type { Shape } from "../../../tensor/program.ts";
import type { HostArray } from "../../backend.ts";
import { eachRow, type Kernel, stridesOf } from "../kernel.ts";

/** Fills `result`, of `shape`, from the places in `x` that the strides lead to. */
function gather(result: HostArray, shape: Shape, x: HostArray, strides: readonly number[], start = 0): void {
  eachRow(shape, strides, start, (position, offset, count, stride) => {
    for (let i = 0; i < count; i++) result[position + i] = x[offset + i * stride];
  });
}

/** Writes `x`, of `shape`, to the places in `result` that the strides lead to. */
function scatter(result: HostArray, x: HostArray, shape: Shape, strides: readonly number[], start: number): void {
  eachRow(shape, strides, start, (position, offset, count, stride) => {
    for (let i = 0; i < count; i++) result[offset + i * stride] = x[position + i];
  });
}

export const reshape: Kernel<"reshape"> = (_, [x], result) => result.set(x);

export const transpose: Kernel<"transpose"> = ({ operands, attributes, type }, [x], result) => {
  const strides = stridesOf(operands[0].type.shape);
  const permuted = attributes.permutation.map((axis) => strides[axis]);
  gather(result, type.shape, x, permuted);
};

export const broadcast: Kernel<"broadcast"> = ({ operands, attributes: { shape, axes } }, [x], result) => {
  const strides = stridesOf(operands[0].type.shape);
  const spread = shape.map((_, axis) => (axes.includes(axis) ? strides[axes.indexOf(axis)] : 0));
  gather(result, shape, x, spread);
};

/** Offset of the element at `index`. */
const offsetOf = (index: readonly number[], strides: readonly number[]) =>
  index.reduce((offset, i, axis) => offset + i * strides[axis], 0);

export const slice: Kernel<"slice"> = ({ operands, attributes: { start, shape } }, [x], result) => {
  const strides = stridesOf(operands[0].type.shape);
  gather(result, shape, x, strides, offsetOf(start, strides));
};

export const pad: Kernel<"pad"> = ({ operands, attributes, type }, [x], result) => {
  const strides = stridesOf(type.shape);
  const start = attributes.padding.map(([before]) => before);
  scatter(result, x, operands[0].type.shape, strides, offsetOf(start, strides));
};

export const concat: Kernel<"concat"> = ({ operands, attributes: { axis }, type }, parts, result) => {
  const strides = stridesOf(type.shape);
  let start = 0;
  operands.forEach(({ type: { shape } }, i) => {
    scatter(result, parts[i], shape, strides, start);
    start += shape[axis] * strides[axis];
  });
};
