/** Elementwise arithmetic on floats of one shape. A number or a scalar beside a tensor is broadcast. */
import { createValue, elementCount, type Primitive, type Value } from "../program.ts";
import { elementwiseType, type NoAttributes, none } from "./elementwise.ts";
import { constant } from "./input.ts";
import { broadcast } from "./reductions.ts";

export type Operand = Value | number;

type Binary<Name extends string> = Primitive<Name, NoAttributes>;
const flops = (value: Value) => elementCount(value.type.shape);

export const addPrimitive: Binary<"add"> = {
  name: "add",
  type: elementwiseType("add"),
  jvp: (_, [a, b]) => (a && b ? add(a, b) : (a ?? b)),
  transpose: (_, cotangent, linear) => linear.map((isLinear) => (isLinear ? cotangent : null)),
  flops,
};

export const subtractPrimitive: Binary<"subtract"> = {
  name: "subtract",
  type: elementwiseType("subtract"),
  jvp: (_, [a, b]) => (a && b ? subtract(a, b) : (a ?? (b && negate(b)))),
  transpose: (_, cotangent, [a, b]) => [a ? cotangent : null, b ? negate(cotangent) : null],
  flops,
};

export const multiplyPrimitive: Binary<"multiply"> = {
  name: "multiply",
  type: elementwiseType("multiply"),
  jvp({ operands: [a, b] }, [ta, tb]) {
    const left = ta && multiply(ta, b);
    const right = tb && multiply(a, tb);
    return left && right ? add(left, right) : (left ?? right);
  },
  transpose: ({ operands: [a, b] }, cotangent, linear) => [
    linear[0] && !linear[1] ? multiply(cotangent, b) : null,
    linear[1] && !linear[0] ? multiply(a, cotangent) : null,
  ],
  flops,
};

export const dividePrimitive: Binary<"divide"> = {
  name: "divide",
  type: elementwiseType("divide"),
  jvp(quotient, [ta, tb]) {
    const b = quotient.operands[1];
    const left = ta && divide(ta, b);
    const right = tb && multiply(divide(quotient, b), tb);
    return left && right ? subtract(left, right) : (left ?? (right && negate(right)));
  },
  transpose: ({ operands: [, b] }, cotangent, linear) => [linear[0] ? divide(cotangent, b) : null, null],
  flops,
};

export const negatePrimitive: Binary<"negate"> = {
  name: "negate",
  type: elementwiseType("negate"),
  jvp: (_, [a]) => a && negate(a),
  transpose: (_, cotangent) => [negate(cotangent)],
  flops,
};

/** Brings two operands to one shape. */
function align(a: Operand, b: Operand): [Value, Value] {
  const left = typeof a === "number" ? constant(a) : a;
  const right = typeof b === "number" ? constant(b) : b;
  if (left.type.shape.length === 0 && right.type.shape.length > 0)
    return [broadcast(left, right.type.shape, []), right];
  if (right.type.shape.length === 0 && left.type.shape.length > 0) return [left, broadcast(right, left.type.shape, [])];
  return [left, right];
}

export const add = (a: Operand, b: Operand): Value => createValue(addPrimitive, align(a, b), none);
export const subtract = (a: Operand, b: Operand): Value => createValue(subtractPrimitive, align(a, b), none);
export const multiply = (a: Operand, b: Operand): Value => createValue(multiplyPrimitive, align(a, b), none);
export const divide = (a: Operand, b: Operand): Value => createValue(dividePrimitive, align(a, b), none);
export const negate = (a: Value): Value => createValue(negatePrimitive, [a], none);
