/** Elementwise functions of one float. */
import { createValue, elementCount, type Primitive, type Value } from "../program.ts";
import { add, divide, multiply, negate, subtract } from "./arithmetic.ts";
import { elementwiseType, type NoAttributes, none } from "./elementwise.ts";

/** A unary primitive whose derivative is `derivative(value, x)`, a function of its result and its operand. */
const unary = <Name extends string>(
  name: Name,
  tangentOf: (tangent: Value, result: Value, x: Value) => Value | null,
): Primitive<Name, NoAttributes> => ({
  name,
  type: elementwiseType(name),
  jvp: (value, [tangent]) => tangent && tangentOf(tangent, value, value.operands[0]),
  flops: (value) => elementCount(value.type.shape),
});

export const expPrimitive = unary("exp", (t, y) => multiply(t, y));
export const log1pPrimitive = unary("log1p", (t, _, x) => divide(t, add(x, 1)));
export const sqrtPrimitive = unary("sqrt", (t, y) => divide(t, multiply(y, 2)));
export const rsqrtPrimitive = unary("rsqrt", (t, y) => multiply(multiply(t, -0.5), multiply(y, multiply(y, y))));
export const tanhPrimitive = unary("tanh", (t, y) => multiply(t, subtract(1, multiply(y, y))));
export const sigmoidPrimitive = unary("sigmoid", (t, y) => multiply(t, multiply(y, subtract(1, y))));
export const erfPrimitive = unary("erf", (t, _, x) =>
  multiply(t, multiply(exp(negate(multiply(x, x))), 2 / Math.sqrt(Math.PI))),
);
export const stepPrimitive = unary("step", () => null);

export const exp = (x: Value): Value => createValue(expPrimitive, [x], none);
/** log(1 + x), accurate for small x. */
export const log1p = (x: Value): Value => createValue(log1pPrimitive, [x], none);
export const sqrt = (x: Value): Value => createValue(sqrtPrimitive, [x], none);
/** 1/√x. */
export const rsqrt = (x: Value): Value => createValue(rsqrtPrimitive, [x], none);
export const tanh = (x: Value): Value => createValue(tanhPrimitive, [x], none);
/** 1/(1 + e^−x). */
export const sigmoid = (x: Value): Value => createValue(sigmoidPrimitive, [x], none);
/** The error function, 2/√π ∫₀ˣ exp(−t²) dt. */
export const erf = (x: Value): Value => createValue(erfPrimitive, [x], none);
/** 0 where x ≤ 0, else 1; its derivative is taken as zero everywhere. */
export const step = (x: Value): Value => createValue(stepPrimitive, [x], none);
