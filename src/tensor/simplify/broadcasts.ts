/**
 * Lets broadcasts float up through elementwise operations, so that work on repeated values is done once a value, and
 * gathers repeated factors of a product on its outside, where sums can drop them.
 */
import {
  add,
  addPrimitive,
  multiply,
  multiplyPrimitive,
  subtract,
  subtractPrimitive,
} from "../primitives/arithmetic.ts";
import { constant } from "../primitives/input.ts";
import { broadcast, broadcastPrimitive } from "../primitives/reductions.ts";
import { createValue, isA, type Value } from "../program.ts";
import { constantOf, isElementwise, isRepeated, varyingAxes } from "./match.ts";

/** f(broadcast a, broadcast b) → broadcast f(a, b), when one operand's axes contain the others'. */
export function floatBroadcasts(value: Value): Value | null {
  if (!isElementwise(value) || !value.operands.every(isRepeated)) return null;
  const axes = value.operands.map(varyingAxes).reduce((a, b) => (b.length > a.length ? b : a));
  if (!value.operands.every((operand) => varyingAxes(operand).every((axis) => axes.includes(axis)))) return null;
  const shape = axes.map((axis) => value.type.shape[axis]);
  const narrow = (operand: Value): Value => {
    const number = constantOf(operand);
    if (number !== null) return constant(number, shape);
    const positions = varyingAxes(operand).map((axis) => axes.indexOf(axis));
    return broadcast(operand.operands[0], shape, positions);
  };
  const inner = createValue(value.primitive, value.operands.map(narrow), value.attributes);
  return broadcast(inner, value.type.shape, axes);
}

/** (x·r)·y → (x·y)·r and (x·r)·s → x·(r·s) for repeated r, s; likewise sums of repeated terms. */
export function gatherBroadcastFactors(value: Value): Value | null {
  if (isA(value, multiplyPrimitive)) {
    const [a, b] = value.operands;
    const inner = splitFactor(a);
    if (inner) {
      return isRepeated(b)
        ? multiply(inner.rest, multiply(inner.factor, b))
        : multiply(multiply(inner.rest, b), inner.factor);
    }
    const right = splitFactor(b);
    if (right) return multiply(multiply(a, right.rest), right.factor);
  }
  if (isA(value, addPrimitive) || isA(value, subtractPrimitive)) return gatherTerms(value);
  return null;
}

/** A product's repeated factor, when the other one is not repeated. */
function splitFactor(value: Value): { rest: Value; factor: Value } | null {
  if (!isA(value, multiplyPrimitive)) return null;
  const [rest, factor] = value.operands;
  return isRepeated(factor) && !isRepeated(rest) ? { rest, factor } : null;
}

/** (x ± r) ± s → x ± (r ± s) for repeated r, s. */
function gatherTerms(value: Value): Value | null {
  const [a, s] = value.operands;
  if (!isRepeated(s) || !(isA(a, addPrimitive) || isA(a, subtractPrimitive))) return null;
  const [x, r] = a.operands;
  if (isRepeated(x) || !isRepeated(r) || !(isA(r, broadcastPrimitive) && isA(s, broadcastPrimitive))) return null;
  const plusR = isA(a, addPrimitive);
  const plusS = isA(value, addPrimitive);
  if (plusR) return add(x, plusS ? add(r, s) : subtract(r, s));
  return subtract(x, plusS ? subtract(r, s) : add(r, s));
}
