/** Elementwise primitives: on tensors of one shape, and where there are two, also beside scalars and numbers. */
import fc from "fast-check";
import {
  add,
  divide,
  erf,
  exp,
  log1p,
  multiply,
  negate,
  type Operand,
  rsqrt,
  select,
  sigmoid,
  sqrt,
  step,
  subtract,
  tanh,
} from "../../../../src/tensor/primitives/index.ts";
import type { Value } from "../../../../src/tensor/program.ts";
import type { SamplerName } from "../../vectors.ts";
import { type Cases, centred, type PrimitiveCase, shapes } from "./case.ts";

const unary = (f: (x: Value) => Value, sampler: SamplerName = "centred"): Cases =>
  shapes().map((shape) => ({ inputs: [{ shape, sampler }], build: ([x]) => f(x) }));

const binary = (f: (a: Operand, b: Operand) => Value, sampler: SamplerName = "centred"): Cases =>
  shapes().chain((shape) =>
    fc.constantFrom<PrimitiveCase>(
      { inputs: [centred(shape), { shape, sampler }], build: ([a, b]) => f(a, b) },
      { inputs: [centred([]), { shape, sampler }], build: ([a, b]) => f(a, b) },
      { inputs: [centred(shape), { shape: [], sampler }], build: ([a, b]) => f(a, b) },
      { inputs: [{ shape, sampler }], build: ([b]) => f(0.75, b) },
      { inputs: [centred(shape)], build: ([a]) => f(a, 1.25) },
      { inputs: [{ shape, sampler }], build: ([x]) => f(x, multiply(x, x)) },
    ),
  );

const selections: Cases = shapes().chain((shape) => {
  const condition = { shape, sampler: "awayFromZero" } as const;
  return fc.constantFrom<PrimitiveCase>(
    { inputs: [condition, centred(shape), centred(shape)], build: ([c, a, b]) => select(c, a, b) },
    { inputs: [condition, centred(shape)], build: ([c, b]) => select(c, 0.5, b) },
    { inputs: [condition], build: ([x]) => select(x, x, 0) },
  );
});

export const elementwiseCases = {
  add: binary(add),
  subtract: binary(subtract),
  multiply: binary(multiply),
  divide: binary(divide, "awayFromZero"),
  negate: unary(negate),
  exp: unary(exp),
  log1p: unary(log1p, "positive"),
  sqrt: unary(sqrt, "positive"),
  rsqrt: unary(rsqrt, "positive"),
  tanh: unary(tanh),
  sigmoid: unary(sigmoid),
  erf: unary(erf),
  step: unary((x) => multiply(step(x), x), "awayFromZero"),
  select: selections,
};
