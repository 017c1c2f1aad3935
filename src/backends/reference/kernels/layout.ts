/** Copies that move, repeat, cut or extend: each a walk with the strides of one side. */
import { type Kernel, stridesOf, walk } from "../kernel.ts";

export const reshape: Kernel<"reshape"> = (_, [x], result) => result.set(x);

export const transpose: Kernel<"transpose"> = ({ operands, attributes, type }, [x], result) => {
  const strides = stridesOf(operands[0].type.shape);
  const permuted = attributes.permutation.map((axis) => strides[axis]);
  walk(type.shape, permuted, 0, (position, offset) => {
    result[position] = x[offset];
  });
};

export const broadcast: Kernel<"broadcast"> = ({ operands, attributes: { shape, axes } }, [x], result) => {
  const strides = stridesOf(operands[0].type.shape);
  const spread = shape.map((_, axis) => (axes.includes(axis) ? strides[axes.indexOf(axis)] : 0));
  walk(shape, spread, 0, (position, offset) => {
    result[position] = x[offset];
  });
};

/** Offset of the element at `index`. */
const offsetOf = (index: readonly number[], strides: readonly number[]) =>
  index.reduce((offset, i, axis) => offset + i * strides[axis], 0);

export const slice: Kernel<"slice"> = ({ operands, attributes: { start, shape } }, [x], result) => {
  const strides = stridesOf(operands[0].type.shape);
  walk(shape, strides, offsetOf(start, strides), (position, offset) => {
    result[position] = x[offset];
  });
};

export const pad: Kernel<"pad"> = ({ operands, attributes, type }, [x], result) => {
  const strides = stridesOf(type.shape);
  const start = attributes.padding.map(([before]) => before);
  walk(operands[0].type.shape, strides, offsetOf(start, strides), (position, offset) => {
    result[offset] = x[position];
  });
};

export const concat: Kernel<"concat"> = ({ operands, attributes: { axis }, type }, parts, result) => {
  const strides = stridesOf(type.shape);
  let start = 0;
  operands.forEach(({ type: { shape } }, i) => {
    walk(shape, strides, start, (position, offset) => {
      result[offset] = parts[i][position];
    });
    start += shape[axis] * strides[axis];
  });
};
