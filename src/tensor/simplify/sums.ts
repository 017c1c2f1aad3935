/**
 * Makes sums cheaper: factors that do not vary along the summed axes come out, the sum of a broadcast is a product, and
 * Σ(a ± b) splits when one side is then free or both get cheaper. Together they make Σ(x − mean x) vanish.
 */
import {
  add,
  addPrimitive,
  multiply,
  multiplyPrimitive,
  negate,
  negatePrimitive,
  subtract,
  subtractPrimitive,
} from "../primitives/arithmetic.ts";
import { constant } from "../primitives/input.ts";
import { broadcast, broadcastPrimitive, keptAxes, sum, sumPrimitive } from "../primitives/reductions.ts";
import { isA, type Value } from "../program.ts";
import { constantOf, factorConstantAlong, varyingAxes } from "./match.ts";

export function shrinkSums(value: Value): Value | null {
  if (!isA(value, sumPrimitive)) return null;
  const [x] = value.operands;
  const { axes } = value.attributes;
  if (isA(x, negatePrimitive)) return negate(sum(x.operands[0], axes));
  const product = factorConstantAlong(x, axes);
  if (product) return multiply(sum(product.rest, axes), withoutAxes(product.factor, axes));
  if (isA(x, multiplyPrimitive)) return null;
  if (isA(x, broadcastPrimitive)) return sumOfBroadcast(x, axes);
  if (isA(x, addPrimitive) || isA(x, subtractPrimitive)) {
    const [a, b] = x.operands;
    if (!splits(a, b, axes)) return null;
    return isA(x, addPrimitive) ? add(sum(a, axes), sum(b, axes)) : subtract(sum(a, axes), sum(b, axes));
  }
  return null;
}

/** A repeated value that does not vary along `axes`, with those axes removed. */
function withoutAxes(value: Value, axes: readonly number[]): Value {
  const kept = keptAxes(value.type.shape.length, axes);
  const shape = kept.map((axis) => value.type.shape[axis]);
  const number = constantOf(value);
  if (number !== null) return constant(number, shape);
  return broadcast(
    value.operands[0],
    shape,
    varyingAxes(value).map((axis) => kept.indexOf(axis)),
  );
}

/** Σ over new axes is a multiplication by their size; over the operand's own axes it moves inside. */
function sumOfBroadcast(value: Value, axes: readonly number[]): Value {
  const own = varyingAxes(value);
  const { shape } = value.type;
  const repeats = axes.filter((axis) => !own.includes(axis)).reduce((count, axis) => count * shape[axis], 1);
  const inner = own.flatMap((axis, i) => (axes.includes(axis) ? [i] : []));
  const kept = keptAxes(shape.length, axes);
  const remaining = own.filter((axis) => !axes.includes(axis)).map((axis) => kept.indexOf(axis));
  const summed = multiply(sum(value.operands[0], inner), repeats);
  const target = kept.map((axis) => shape[axis]);
  return target.length === summed.type.shape.length ? summed : broadcast(summed, target, remaining);
}

function splits(a: Value, b: Value, axes: readonly number[]): boolean {
  const isFree = (x: Value) => constantOf(x) !== null || isA(x, broadcastPrimitive);
  const hasFactor = (x: Value) => factorConstantAlong(x, axes) !== null;
  return isFree(a) || isFree(b) || (hasFactor(a) && hasFactor(b));
}
