/** A program's inputs and constants: the values with no operands. */
import { createValue, type Primitive, type TensorType, type Value } from "../program.ts";

export interface InputAttributes {
  readonly type: TensorType;
}
export const inputPrimitive: Primitive<"input", InputAttributes> = {
  name: "input",
  type: (_, { type }) => type,
  jvp: () => null,
  flops: () => 0,
};

/** A value supplied from outside. */
export const input = (type: TensorType): Value => createValue(inputPrimitive, [], { type });

export interface ConstantAttributes {
  readonly value: number;
  readonly shape: readonly number[];
}
export const constantPrimitive: Primitive<"constant", ConstantAttributes> = {
  name: "constant",
  type: (_, { shape }) => ({ dtype: "float", shape }),
  jvp: () => null,
  flops: () => 0,
};

/** A tensor filled with one number. */
export const constant = (value: number, shape: readonly number[] = []): Value =>
  createValue(constantPrimitive, [], { value, shape });
