/** Copies for what neither a view nor a loop can do: permutations, uneven cuts and joins, broadcasts along inner axes. */
import type { ValueOf } from "../../../../tensor/primitives/index.ts";
import { elementCount, type Shape, type Value } from "../../../../tensor/program.ts";
import { type CreateKernel, inPlace, type Kernel } from "../kernel.ts";
import { copyStrided, stridesOf } from "./copies.ts";

/** Copies `shape` from `source` of each operand to `target`; start and strides in elements of the value's type. */
interface Move {
  readonly operand: number;
  readonly shape: Shape;
  readonly from: number;
  readonly fromStrides: readonly number[];
  readonly to: number;
  readonly toStrides: readonly number[];
}

function moving(value: Value, moves: readonly Move[], clearFirst = false): Kernel {
  const size = value.type.dtype === "byte" ? 1 : 4;
  const count = elementCount(value.type.shape);
  return inPlace(({ module, operands, result }) => () => {
    const heap = size === 1 ? module.u8 : module.i32;
    if (clearFirst) heap.fill(0, result / size, result / size + count);
    for (const { operand, shape, from, fromStrides, to, toStrides } of moves) {
      const source = { start: operands[operand] / size + from, strides: fromStrides };
      copyStrided(heap, shape, source, { start: result / size + to, strides: toStrides });
    }
  });
}

const offsetOf = (index: readonly number[], strides: readonly number[]) =>
  index.reduce((offset, i, axis) => offset + i * strides[axis], 0);

export const transpose: CreateKernel<"transpose"> = (value) => {
  const strides = stridesOf(value.operands[0].type.shape);
  const { shape } = value.type;
  const fromStrides = value.attributes.permutation.map((axis) => strides[axis]);
  return moving(value, [{ operand: 0, shape, from: 0, fromStrides, to: 0, toStrides: stridesOf(shape) }]);
};

export const broadcast: CreateKernel<"broadcast"> = (value) => {
  const { shape, axes } = value.attributes;
  const strides = stridesOf(value.operands[0].type.shape);
  const fromStrides = shape.map((_, axis) => (axes.includes(axis) ? strides[axes.indexOf(axis)] : 0));
  return moving(value, [{ operand: 0, shape, from: 0, fromStrides, to: 0, toStrides: stridesOf(shape) }]);
};

export const slice: CreateKernel<"slice"> = (value) => {
  const { start, shape } = value.attributes;
  const fromStrides = stridesOf(value.operands[0].type.shape);
  const from = offsetOf(start, fromStrides);
  return moving(value, [{ operand: 0, shape, from, fromStrides, to: 0, toStrides: stridesOf(shape) }]);
};

export const pad: CreateKernel<"pad"> = (value) => {
  const { shape } = value.operands[0].type;
  const toStrides = stridesOf(value.type.shape);
  const to = offsetOf(
    value.attributes.padding.map(([before]) => before),
    toStrides,
  );
  return moving(value, [{ operand: 0, shape, from: 0, fromStrides: stridesOf(shape), to, toStrides }], true);
};

/** Copies the operands that are not in place already. */
export const concat = (value: ValueOf<"concat">, isInPlace: (operand: number) => boolean): Kernel => {
  const { axis } = value.attributes;
  const toStrides = stridesOf(value.type.shape);
  let to = 0;
  const moves = value.operands.map(({ type: { shape } }, operand): Move => {
    const move = { operand, shape, from: 0, fromStrides: stridesOf(shape), to, toStrides };
    to += shape[axis] * toStrides[axis];
    return move;
  });
  return moving(
    value,
    moves.filter(({ operand }) => !isInPlace(operand)),
  );
};
