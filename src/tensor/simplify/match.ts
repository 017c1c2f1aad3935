/** Small questions that the rules ask of a value. */
import { multiplyPrimitive } from "../primitives/arithmetic.ts";
import { constantPrimitive } from "../primitives/input.ts";
import { broadcastPrimitive } from "../primitives/reductions.ts";
import { isA, type Value } from "../program.ts";

/** The number that fills `value`, or null when it is no constant. */
export const constantOf = (value: Value): number | null =>
  isA(value, constantPrimitive) ? value.attributes.value : null;

const elementwiseNames = new Set([
  ...["add", "subtract", "multiply", "divide", "negate", "select"],
  ...["exp", "log1p", "sqrt", "rsqrt", "tanh", "sigmoid", "erf", "step"],
]);

export const isElementwise = (value: Value): boolean => elementwiseNames.has(value.primitive.name);

/** Axes along which `value` varies as far as its own form tells: none for a constant, a broadcast's for a broadcast. */
export function varyingAxes(value: Value): readonly number[] {
  if (constantOf(value) !== null) return [];
  if (isA(value, broadcastPrimitive)) return value.attributes.axes;
  return value.type.shape.map((_, axis) => axis);
}

/** Whether `value` repeats along some axis by its own form. */
export const isRepeated = (value: Value): boolean => varyingAxes(value).length < value.type.shape.length;

/** Splits a product into a factor that does not vary along `axes` and the rest; null when there is none. */
export function factorConstantAlong(value: Value, axes: readonly number[]): { factor: Value; rest: Value } | null {
  if (!isA(value, multiplyPrimitive)) return null;
  const [a, b] = value.operands;
  const isFixed = (x: Value) => isRepeated(x) && varyingAxes(x).every((axis) => !axes.includes(axis));
  if (isFixed(b)) return { factor: b, rest: a };
  if (isFixed(a)) return { factor: a, rest: b };
  return null;
}
