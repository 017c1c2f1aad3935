/** Algebraic identities of elementwise arithmetic: neutral elements, signs, equal terms that cancel. */
import {
  add,
  addPrimitive,
  divide,
  dividePrimitive,
  multiply,
  multiplyPrimitive,
  negate,
  negatePrimitive,
  subtract,
  subtractPrimitive,
} from "../primitives/arithmetic.ts";
import { constant } from "../primitives/input.ts";
import { select, selectPrimitive } from "../primitives/select.ts";
import { isA, type Value } from "../program.ts";
import { constantOf } from "./match.ts";

export function dropNeutral(value: Value): Value | null {
  const [a, b] = value.operands;
  const { shape } = value.type;
  if (isA(value, addPrimitive)) {
    if (constantOf(b) === 0) return a;
  } else if (isA(value, subtractPrimitive)) {
    if (constantOf(b) === 0) return a;
    if (constantOf(a) === 0) return negate(b);
  } else if (isA(value, multiplyPrimitive)) {
    const factor = constantOf(b);
    if (factor === 0) return constant(0, shape);
    if (factor === 1) return a;
    if (factor === -1) return negate(a);
  } else if (isA(value, dividePrimitive)) {
    if (constantOf(a) === 0) return constant(0, shape);
    const divisor = constantOf(b);
    if (divisor !== null && divisor !== 0) return multiply(a, constant(1 / divisor, shape));
  } else if (isA(value, selectPrimitive)) {
    return simplifySelect(value);
  }
  return null;
}

function simplifySelect({ operands: [condition, a, b] }: Value): Value | null {
  const known = constantOf(condition);
  if (known !== null) return known <= 0 ? b : a;
  if (a === b) return a;
  if (isA(a, selectPrimitive) && a.operands[0] === condition) return select(condition, a.operands[1], b);
  if (isA(b, selectPrimitive) && b.operands[0] === condition) return select(condition, a, b.operands[2]);
  return null;
}

/** Moves signs outwards, where they meet and vanish or turn an addition into a subtraction. */
export function gatherSigns(value: Value): Value | null {
  const [a, b] = value.operands;
  const isNegated = (x: Value | undefined) => x !== undefined && isA(x, negatePrimitive);
  if (isA(value, negatePrimitive)) {
    if (isNegated(a)) return a.operands[0];
    if (isA(a, subtractPrimitive)) return subtract(a.operands[1], a.operands[0]);
    if (isA(a, multiplyPrimitive)) {
      const factor = constantOf(a.operands[1]);
      if (factor !== null) return multiply(a.operands[0], constant(-factor, value.type.shape));
    }
  } else if (isA(value, addPrimitive)) {
    if (isNegated(b)) return subtract(a, b.operands[0]);
    if (isNegated(a)) return subtract(b, a.operands[0]);
  } else if (isA(value, subtractPrimitive)) {
    if (isNegated(b)) return add(a, b.operands[0]);
    if (isNegated(a)) return negate(add(a.operands[0], b));
  } else if (isA(value, multiplyPrimitive)) {
    if (isNegated(a)) return negate(multiply(a.operands[0], b));
    if (isNegated(b)) return negate(multiply(a, b.operands[0]));
  } else if (isA(value, dividePrimitive)) {
    if (isNegated(a)) return negate(divide(a.operands[0], b));
  }
  return null;
}

/** x + x → 2x; (x·c)·d → x·(cd); (x + y·c)·d → x·d + y·(cd), for constants c, d. */
export function gatherConstants(value: Value): Value | null {
  const [a, b] = value.operands;
  if (isA(value, addPrimitive)) return a === b ? multiply(a, constant(2, value.type.shape)) : null;
  if (!isA(value, multiplyPrimitive) || constantOf(b) === null) return null;
  if (isScaled(a)) return multiply(a.operands[0], multiply(a.operands[1], b));
  if ((isA(a, addPrimitive) || isA(a, subtractPrimitive)) && a.operands.some(isScaled)) {
    const [x, y] = a.operands.map((operand) => multiply(operand, b));
    return isA(a, addPrimitive) ? add(x, y) : subtract(x, y);
  }
  return null;
}

/** Whether `value` is a multiple of something by a constant. */
const isScaled = (value: Value): boolean => isA(value, multiplyPrimitive) && constantOf(value.operands[1]) !== null;

/** x − x, (x + y) − x, x − (x + y), and their mirror images. */
export function cancelTerms(value: Value): Value | null {
  if (!isA(value, subtractPrimitive)) return null;
  const [a, b] = value.operands;
  if (a === b) return constant(0, value.type.shape);
  if (isA(a, addPrimitive)) {
    if (a.operands[0] === b) return a.operands[1];
    if (a.operands[1] === b) return a.operands[0];
  }
  if (isA(b, addPrimitive)) {
    if (b.operands[0] === a) return negate(b.operands[1]);
    if (b.operands[1] === a) return negate(b.operands[0]);
  }
  return null;
}
