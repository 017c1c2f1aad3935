/** Elementwise primitives against JavaScript's Math, one by one and in chains that a backend may fuse. */

import { erf } from "../../../src/tensor/error-function.ts";
import * as primitives from "../../../src/tensor/primitives/index.ts";
import {
  add,
  broadcast,
  constant,
  divide,
  exp,
  multiply,
  negate,
  rsqrt,
  select,
  subtract,
} from "../../../src/tensor/primitives/index.ts";
import type { Value } from "../../../src/tensor/program.ts";
import { at, type Dense, random, tabulate } from "../dense.ts";
import type { Case } from "./case.ts";

const shape = [3, 5, 7];
const mapped = (x: Dense, f: (x: number) => number): Dense => ({ type: x.type, data: x.data.map(f) });

function unaryCase(title: string, build: (x: Value) => Value, f: (x: number) => number, x: Dense): Case {
  return { title, inputs: { x }, build: (inputs) => ({ y: build(inputs.x) }), expected: { y: mapped(x, f) } };
}

const signed = mapped(random(shape, 1), (x) => 8 * x);
const positive = mapped(signed, (x) => Math.abs(x) + 0.125);
const small = mapped(random(shape, 2), (x) => 1e-4 * x).data.map(Math.fround);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const unary: Case[] = [
  unaryCase("negate", primitives.negate, (x) => -x, signed),
  unaryCase("exp", primitives.exp, Math.exp, signed),
  unaryCase("log1p of positive numbers", primitives.log1p, Math.log1p, positive),
  unaryCase("log1p of small numbers", primitives.log1p, Math.log1p, { type: signed.type, data: small }),
  unaryCase("sqrt", primitives.sqrt, Math.sqrt, positive),
  unaryCase("rsqrt", primitives.rsqrt, (x) => 1 / Math.sqrt(x), positive),
  unaryCase("tanh", primitives.tanh, Math.tanh, signed),
  unaryCase("tanh of small numbers", primitives.tanh, Math.tanh, { type: signed.type, data: small }),
  unaryCase(
    "tanh of large numbers",
    primitives.tanh,
    Math.tanh,
    mapped(signed, (x) => 100 * x),
  ),
  unaryCase("sigmoid", primitives.sigmoid, sigmoid, signed),
  unaryCase(
    "sigmoid of large numbers",
    primitives.sigmoid,
    sigmoid,
    mapped(signed, (x) => (x > 0 ? 100 : -30)),
  ),
  unaryCase("erf", primitives.erf, erf, signed),
  unaryCase("erf of middling numbers", primitives.erf, erf, random(shape, 11)),
  unaryCase("erf of small numbers", primitives.erf, erf, { type: signed.type, data: small }),
  unaryCase(
    "step",
    primitives.step,
    (x) => (x > 0 ? 1 : 0),
    mapped(signed, (x) => (Math.abs(x) < 1 ? 0 : x)),
  ),
];

function binaryCase(title: string, build: (a: Value, b: Value) => Value, f: (a: number, b: number) => number): Case {
  return {
    title,
    inputs: { a: signed, b: positive },
    build: ({ a, b }) => ({ y: build(a, b) }),
    expected: { y: { type: signed.type, data: signed.data.map((a, i) => f(a, positive.data[i])) } },
  };
}

const binary: Case[] = [
  binaryCase("add", add, (a, b) => a + b),
  binaryCase("subtract", subtract, (a, b) => a - b),
  binaryCase("multiply", multiply, (a, b) => a * b),
  binaryCase("divide", divide, (a, b) => a / b),
  binaryCase(
    "select",
    (a, b) => select(a, a, b),
    (a, b) => (a > 0 ? a : b),
  ),
  binaryCase(
    "select ignores an overflow on the side not chosen",
    (a, b) => select(negate(a), exp(multiply(a, 100)), b),
    (a, b) => (a < 0 ? Math.exp(100 * a) : b),
  ),
  binaryCase(
    "a number beside a tensor",
    (a, b) => subtract(multiply(a, 3), divide(2, b)),
    (a, b) => a * 3 - 2 / b,
  ),
];

/** Twice as many tensors as a WebGPU kernel may bind at least, half of them on each side of a sum. */
const many = Array.from({ length: 16 }, (_, i) => random(shape, 20 + i));
const product = (values: readonly Value[]) => values.reduce((total, value) => multiply(total, add(value, 1.5)));
const manyTensors: Case = {
  title: "a sum of two products of eight tensors each",
  inputs: Object.fromEntries(many.map((x, i) => [`x${i}`, x])),
  build(inputs) {
    const values = Object.values(inputs);
    return { y: add(product(values.slice(0, 8)), product(values.slice(8))) };
  },
  expected: {
    y: tabulate(shape, (...index) => {
      const factors = many.map((x, i) => at(x, ...index) + (i % 8 === 0 ? 0 : 1.5));
      const times = (list: readonly number[]) => list.reduce((total, factor) => total * factor, 1);
      return times(factors.slice(0, 8)) + times(factors.slice(8));
    }),
  },
};

/** Sizes around the width of vector units. */
const lengths: Case[] = [1, 2, 3, 4, 5, 8, 13, 64, 67].map((length) => {
  const x = random([length], 3);
  return unaryCase(
    `${length} elements`,
    (v) => add(multiply(v, v), 1),
    (v) => v * v + 1,
    x,
  );
});

const images = random([3, 4, 2, 6], 4);
const [scale, shift] = [random([6], 5), random([6], 6)];
const perImage = random([3], 7);

const chains: Case[] = [
  {
    title: "a chain with factors by channel, a shared intermediate result and two outputs",
    inputs: { images, scale, shift },
    build(inputs) {
      const perChannel = (x: Value) => broadcast(x, images.type.shape, [3]);
      const y = add(multiply(inputs.images, perChannel(inputs.scale)), perChannel(inputs.shift));
      return { y, relu: select(y, y, 0) };
    },
    expected: {
      y: tabulate(images.type.shape, (n, i, j, c) => at(images, n, i, j, c) * at(scale, c) + at(shift, c)),
      relu: tabulate(images.type.shape, (n, i, j, c) =>
        Math.max(0, at(images, n, i, j, c) * at(scale, c) + at(shift, c)),
      ),
    },
  },
  {
    title: "factors by channel and by image in one chain",
    inputs: { images, scale, perImage },
    build(inputs) {
      const byChannel = broadcast(rsqrt(add(multiply(inputs.scale, inputs.scale), 1)), images.type.shape, [3]);
      return {
        y: subtract(multiply(inputs.images, byChannel), broadcast(exp(inputs.perImage), images.type.shape, [0])),
      };
    },
    expected: {
      y: tabulate(
        images.type.shape,
        (n, i, j, c) => at(images, n, i, j, c) / Math.sqrt(at(scale, c) ** 2 + 1) - Math.exp(at(perImage, n)),
      ),
    },
  },
  {
    title: "one tensor seen whole and by column, with an axis of size 1",
    inputs: { x: random([2, 1, 3], 8), whole: random([2, 3], 9), columns: random([3], 10) },
    build: ({ x, whole, columns }) => ({
      a: multiply(x, broadcast(whole, [2, 1, 3], [0, 2])),
      b: add(x, broadcast(columns, [2, 1, 3], [2])),
    }),
    expected: {
      a: tabulate([2, 1, 3], (i, _, j) => at(random([2, 1, 3], 8), i, 0, j) * at(random([2, 3], 9), i, j)),
      b: tabulate([2, 1, 3], (i, _, j) => at(random([2, 1, 3], 8), i, 0, j) + at(random([3], 10), j)),
    },
  },
  {
    title: "a program of constants",
    inputs: {},
    build: () => ({ y: add(constant(2, [3]), constant(0.5, [3])), z: constant(7, [2, 2]) }),
    expected: { y: tabulate([3], () => 2.5), z: tabulate([2, 2], () => 7) },
  },
];

export const elementwiseCases: readonly Case[] = [...unary, ...binary, manyTensors, ...lengths, ...chains];
