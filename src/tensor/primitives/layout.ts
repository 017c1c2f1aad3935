/** Rearrangements that keep every element: `reshape` and `transpose`. */
import { createValue, elementCount, type Primitive, type Shape, ShapeError, type Value } from "../program.ts";
import { describeShape } from "./elementwise.ts";

export interface ReshapeAttributes {
  readonly shape: Shape;
}
export const reshapePrimitive: Primitive<"reshape", ReshapeAttributes> = {
  name: "reshape",
  type([operand], { shape }) {
    if (elementCount(operand.shape) !== elementCount(shape)) {
      throw new ShapeError(`reshape of ${describeShape(operand.shape)} to ${describeShape(shape)}`);
    }
    return { dtype: operand.dtype, shape };
  },
  jvp: (value, [tangent]) => tangent && reshape(tangent, value.attributes.shape),
  transpose: (value, cotangent) => [reshape(cotangent, value.operands[0].type.shape)],
  flops: () => 0,
};

/** The same elements in row-major order under another shape. */
export const reshape = (x: Value, shape: Shape): Value => createValue(reshapePrimitive, [x], { shape });

export interface TransposeAttributes {
  readonly permutation: readonly number[];
}
export const transposePrimitive: Primitive<"transpose", TransposeAttributes> = {
  name: "transpose",
  type([operand], { permutation }) {
    const sorted = [...permutation].sort((a, b) => a - b);
    if (permutation.length !== operand.shape.length || sorted.some((axis, i) => axis !== i)) {
      throw new ShapeError(`transpose of ${describeShape(operand.shape)} by ${permutation}`);
    }
    return { dtype: operand.dtype, shape: permutation.map((axis) => operand.shape[axis]) };
  },
  jvp: (value, [tangent]) => tangent && transpose(tangent, value.attributes.permutation),
  transpose: ({ attributes: { permutation } }, cotangent) => [transpose(cotangent, invertPermutation(permutation))],
  flops: () => 0,
};

export const invertPermutation = (permutation: readonly number[]): number[] =>
  permutation.map((_, axis) => permutation.indexOf(axis));

/** Axis i of the result is axis `permutation[i]` of `x`. */
export const transpose = (x: Value, permutation: readonly number[]): Value =>
  createValue(transposePrimitive, [x], { permutation });
