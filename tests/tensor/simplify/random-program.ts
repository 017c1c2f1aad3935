/**
 * Small random programs, made to meet the simplifier's rules: broadcasts on different axes inside one another, sums of
 * products with repeated factors, signs, constants, terms that cancel, slices of concatenations, and shared values.
 * Beside every value goes a bound on its rounding errors, in units of the rounding of one operation: what is computed
 * from magnitudes alone, which no reassociation changes. Values far smaller than their bound come from cancellation.
 */
import fc from "fast-check";
import {
  add,
  broadcast,
  concat,
  constant,
  divide,
  input,
  multiply,
  negate,
  pad,
  reshape,
  rsqrt,
  select,
  slice,
  subtract,
  sum,
  tanh,
  transpose,
} from "../../../src/tensor/primitives/index.ts";
import { elementCount, type Shape, sameShape, type Value } from "../../../src/tensor/program.ts";

/** A value and its bound, of one shape. */
interface Bounded {
  readonly value: Value;
  readonly bound: Value;
}

export interface RandomProgram {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Bounded[];
}

const inputShapes: readonly Shape[] = [[2, 3], [2, 3], [3], [2], [2, 3, 2], []];

/** Draws from a list of numbers by turns; all choices of a program come from one list, so that it shrinks. */
type Choose = <T>(options: readonly T[]) => T;

const both = (x: Bounded, f: (value: Value) => Value): Bounded => ({ value: f(x.value), bound: f(x.bound) });

/** f is Lipschitz with constant 1 and at most 1 in size. */
const gentle = (x: Bounded, f: (value: Value) => Value): Bounded => ({ value: f(x.value), bound: add(x.bound, 1) });

const sumOf = (a: Bounded, b: Bounded, f: typeof add): Bounded => ({
  value: f(a.value, b.value),
  bound: add(a.bound, b.bound),
});

const product = (a: Bounded, b: Bounded): Bounded => ({
  value: multiply(a.value, b.value),
  bound: multiply(a.bound, b.bound),
});

const scaled = (x: Bounded, factor: number): Bounded => ({
  value: multiply(x.value, factor),
  bound: multiply(x.bound, Math.abs(factor)),
});

/** 1 + x²: never less than 1. */
const positive = (x: Bounded): Bounded => ({
  value: add(multiply(x.value, x.value), 1),
  bound: add(multiply(x.bound, x.bound), 1),
});

const quotient = (a: Bounded, x: Bounded): Bounded => {
  const divisor = positive(x);
  return { value: divide(a.value, divisor.value), bound: multiply(a.bound, divisor.bound) };
};

/** Spreads `x` over `shape` when its axes are some of that shape's, in order. */
function spread(x: Bounded, shape: Shape): Bounded | null {
  const axes: number[] = [];
  for (let axis = 0; axis < shape.length && axes.length < x.value.type.shape.length; axis++) {
    if (shape[axis] === x.value.type.shape[axes.length]) axes.push(axis);
  }
  return axes.length === x.value.type.shape.length ? both(x, (value) => broadcast(value, shape, axes)) : null;
}

function unary(x: Bounded, choose: Choose): Bounded {
  const { shape } = x.value.type;
  const axes = shape.map((_, axis) => axis);
  const some = axes.filter(() => choose([true, false]));
  const target = choose([[elementCount(shape)], shape.toReversed(), [1, ...shape]]);
  const forms: readonly (() => Bounded)[] = [
    () => ({ value: negate(x.value), bound: x.bound }),
    () => gentle(x, tanh),
    () => gentle(positive(x), rsqrt),
    () => ({ value: select(x.value, x.value, 0), bound: x.bound }),
    () => scaled(x, choose([0, 1, -1, 2, -0.5, 1 / 3, 3])),
    () => ({ value: subtract(choose([0, 1, -2]), x.value), bound: add(x.bound, 2) }),
    () => both(x, (value) => sum(value, some)),
    () => both(x, (value) => sum(value, some)),
    () =>
      both(x, (value) =>
        broadcast(
          value,
          [2, ...shape],
          axes.map((axis) => axis + 1),
        ),
      ),
    () => both(x, (value) => broadcast(value, [...shape, 3], axes)),
    () => both(x, (value) => transpose(value, axes.toReversed())),
    () => both(x, (value) => reshape(value, target)),
    () =>
      both(x, (value) =>
        slice(
          value,
          shape.map((n) => Math.min(1, n - 1)),
          shape.map((n) => Math.max(1, n - 1)),
        ),
      ),
    () =>
      both(x, (value) =>
        pad(
          value,
          shape.map(() => [1, 0] as const),
        ),
      ),
  ];
  return choose(forms)();
}

function binary(a: Bounded, b: Bounded, choose: Choose): Bounded {
  const forms: readonly (() => Bounded)[] = [
    () => sumOf(a, b, add),
    () => sumOf(a, b, subtract),
    () => product(a, b),
    () => product(a, b),
    () => quotient(a, b),
    // x + y − x and (x + y)·y, which meet terms that cancel and shared sums.
    () => sumOf(sumOf(a, b, add), choose([a, b]), subtract),
    () => sumOf(choose([a, b]), sumOf(a, b, add), subtract),
    () => product(sumOf(a, scaled(b, 0.5), choose([add, subtract])), b),
  ];
  return choose(forms)();
}

/** Values that grow by concatenation, choice by an input, and cuts inside one part. */
function join(a: Bounded, b: Bounded, condition: Value, choose: Choose): Bounded {
  const { shape } = a.value.type;
  const sign = spread({ value: condition, bound: condition }, shape);
  if (sign && choose([true, false])) {
    return { value: select(sign.value, a.value, b.value), bound: add(a.bound, b.bound) };
  }
  if (shape.length === 0) return sumOf(a, b, add);
  const axis = choose(shape.map((_, i) => i));
  const whole: Bounded = {
    value: concat([a.value, b.value], axis),
    bound: concat([a.bound, b.bound], axis),
  };
  if (choose([true, false])) return whole;
  const start = shape.map((n, i) => (i === axis ? choose([0, n - 1, n]) : 0));
  return both(whole, (value) => slice(value, start, shape.with(axis, 1)));
}

function build(choices: readonly number[]): RandomProgram {
  let next = 0;
  const choose: Choose = (options) => options[choices[next++ % choices.length] % options.length];
  const inputs = inputShapes.map((shape) => input({ dtype: "float", shape }));
  const magnitude = (x: Value) => select(x, x, negate(x));
  const pool: Bounded[] = inputs.map((value) => ({ value, bound: add(magnitude(value), 1) }));
  pool.push({ value: constant(1, [2, 3]), bound: constant(1, [2, 3]) });
  const recent = () => pool[Math.max(0, pool.length - 1 - choose([0, 1, 2, 4, 6, 8]))];
  while (next < choices.length) {
    const a = recent();
    const { shape } = a.value.type;
    const partner = choose(pool);
    const b = sameShape(partner.value.type.shape, shape) ? partner : (spread(partner, shape) ?? a);
    const made = choose([
      () => unary(a, choose),
      () => binary(a, b, choose),
      () => binary(a, b, choose),
      () => join(a, b, inputs[choose([0, 2, 3])], choose),
    ])();
    if (elementCount(made.value.type.shape) <= 100) pool.push(made);
  }
  return { inputs, outputs: pool.slice(-3) };
}

export const randomPrograms: fc.Arbitrary<RandomProgram> = fc
  .array(fc.nat(5039), { minLength: 5, maxLength: 120 })
  .map(build);
