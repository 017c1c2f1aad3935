/** Primitives that cut or extend: `slice`, its transpose `pad` (with zeros), and `concat`. */
import { createValue, type Primitive, type Shape, ShapeError, type Value } from "../program.ts";
import { describeShape, describeTypes } from "./elementwise.ts";
import { constant } from "./input.ts";

export interface SliceAttributes {
  readonly start: readonly number[];
  readonly shape: Shape;
}
export const slicePrimitive: Primitive<"slice", SliceAttributes> = {
  name: "slice",
  type([operand], { start, shape }) {
    const fits =
      start.length === operand.shape.length &&
      shape.length === start.length &&
      start.every((first, i) => first >= 0 && shape[i] >= 0 && first + shape[i] <= operand.shape[i]);
    if (!fits)
      throw new ShapeError(`slice of ${describeShape(operand.shape)} from ${start} of ${describeShape(shape)}`);
    return { dtype: operand.dtype, shape };
  },
  jvp: ({ attributes: { start, shape } }, [tangent]) => tangent && slice(tangent, start, shape),
  transpose({ operands: [x], attributes: { start, shape } }, cotangent) {
    return [
      pad(
        cotangent,
        start.map((before, i) => [before, x.type.shape[i] - before - shape[i]] as const),
      ),
    ];
  },
  flops: () => 0,
};

/** The block of `shape` that begins at `start`. */
export const slice = (x: Value, start: readonly number[], shape: Shape): Value =>
  createValue(slicePrimitive, [x], { start, shape });

export interface PadAttributes {
  /** Zeros before and after, one pair an axis. */
  readonly padding: readonly (readonly [before: number, after: number])[];
}
export const padPrimitive: Primitive<"pad", PadAttributes> = {
  name: "pad",
  type([operand], { padding }) {
    if (operand.dtype !== "float" || padding.length !== operand.shape.length || padding.flat().some((n) => n < 0)) {
      throw new ShapeError(`pad of ${operand.dtype} ${describeShape(operand.shape)} by ${JSON.stringify(padding)}`);
    }
    return { dtype: operand.dtype, shape: operand.shape.map((size, i) => padding[i][0] + size + padding[i][1]) };
  },
  jvp: (value, [tangent]) => tangent && pad(tangent, value.attributes.padding),
  transpose({ operands: [x], attributes: { padding } }, cotangent) {
    return [
      slice(
        cotangent,
        padding.map(([before]) => before),
        x.type.shape,
      ),
    ];
  },
  flops: () => 0,
};

export const pad = (x: Value, padding: PadAttributes["padding"]): Value => createValue(padPrimitive, [x], { padding });

export interface ConcatAttributes {
  readonly axis: number;
}
export const concatPrimitive: Primitive<"concat", ConcatAttributes> = {
  name: "concat",
  type(operands, { axis }) {
    const [first] = operands;
    const fits =
      operands.length > 0 &&
      axis >= 0 &&
      axis < first.shape.length &&
      operands.every(
        ({ dtype, shape }) =>
          dtype === first.dtype &&
          shape.length === first.shape.length &&
          shape.every((size, i) => i === axis || size === first.shape[i]),
      );
    if (!fits) throw new ShapeError(`concat of ${describeTypes(operands)} along axis ${axis}`);
    const size = operands.reduce((total, { shape }) => total + shape[axis], 0);
    return { dtype: first.dtype, shape: first.shape.map((other, i) => (i === axis ? size : other)) };
  },
  jvp(value, tangents) {
    if (tangents.every((tangent) => tangent === null)) return null;
    const parts = tangents.map((tangent, i) => tangent ?? constant(0, value.operands[i].type.shape));
    return concat(parts, value.attributes.axis);
  },
  transpose(value, cotangent, linear) {
    let offset = 0;
    return value.operands.map(({ type: { shape } }, i) => {
      const start = shape.map((_, axis) => (axis === value.attributes.axis ? offset : 0));
      offset += shape[value.attributes.axis];
      return linear[i] ? slice(cotangent, start, shape) : null;
    });
  },
  flops: () => 0,
};

/** The operands one after another along `axis`. */
export const concat = (operands: readonly Value[], axis: number): Value =>
  createValue(concatPrimitive, operands, { axis });
