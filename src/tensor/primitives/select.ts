/**
 * Elementwise choice: `select(c, a, b)` is b where c ≤ 0, else a, so that a c that is no number lets a pass. Linear in a and
 * b; c gets no derivative.
 */
import { createValue, elementCount, type Primitive, type Value } from "../program.ts";
import type { Operand } from "./arithmetic.ts";
import { elementwiseType, type NoAttributes, none } from "./elementwise.ts";
import { constant } from "./input.ts";
import { broadcast } from "./reductions.ts";

export const selectPrimitive: Primitive<"select", NoAttributes> = {
  name: "select",
  type: elementwiseType("select"),
  jvp: ({ operands: [condition] }, [, a, b]) => (a || b ? select(condition, a ?? 0, b ?? 0) : null),
  transpose: ({ operands: [condition] }, cotangent, [, a, b]) => [
    null,
    a ? select(condition, cotangent, 0) : null,
    b ? select(condition, 0, cotangent) : null,
  ],
  flops: (value) => elementCount(value.type.shape),
};

export function select(condition: Value, a: Operand, b: Operand): Value {
  const { shape } = condition.type;
  const fill = (x: Operand) => {
    if (typeof x === "number") return constant(x, shape);
    return x.type.shape.length === 0 && shape.length > 0 ? broadcast(x, shape, []) : x;
  };
  return createValue(selectPrimitive, [condition, fill(a), fill(b)], none);
}
