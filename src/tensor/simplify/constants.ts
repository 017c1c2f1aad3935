/** Folds what is known before anything runs: operations on constants, and linear ones on zeros. */
import { erf } from "../error-function.ts";
import { constant } from "../primitives/input.ts";
import { createValue, elementCount, type Value } from "../program.ts";
import { constantOf, isElementwise } from "./match.ts";

const fold: Readonly<Record<string, (x: number, y: number, z: number) => number>> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => nearOne(x * y),
  divide: (x, y) => x / y,
  negate: (x) => -x,
  exp: Math.exp,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  erf,
  step: (x) => (x <= 0 ? 0 : 1),
  select: (condition, x, y) => (condition <= 0 ? y : x),
};

/** (1/n)·n is 1 also where float64 rounds it elsewhere. */
const nearOne = (x: number): number => (Math.abs(x - 1) < 4e-16 ? 1 : x);

const bilinear = new Set(["matmul", "conv2d", "conv2dInputGrad", "conv2dFilterGrad"]);
const keepsZero = new Set(["pad", "scatterWindow", "windowSum", "spreadWindow"]);
const keepsAnyConstant = new Set(["broadcast", "reshape", "transpose", "slice", "concat", "gatherWindow", "max"]);

export function foldConstants(value: Value): Value | null {
  if (value.operands.length === 0) return null;
  const { name } = value.primitive;
  const { shape } = value.type;
  if (bilinear.has(name)) return dropZeroPairs(value);
  const tensors = name === "gatherWindow" || name === "scatterWindow" ? value.operands.slice(0, 1) : value.operands;
  const numbers = tensors.map(constantOf);
  const [first] = numbers;
  if (first === null || numbers.some((number) => number === null)) return null;
  if (isElementwise(value)) return constant(fold[name](first, numbers[1] ?? 0, numbers[2] ?? 0), shape);
  if (keepsZero.has(name) && first === 0) return constant(0, shape);
  if (keepsAnyConstant.has(name) && numbers.every((number) => number === first)) return constant(first, shape);
  if (name === "sum") return constant(first * (elementCount(tensors[0].type.shape) / elementCount(shape)), shape);
  return null;
}

function dropZeroPairs(value: Value): Value | null {
  const { operands, attributes, type } = value;
  const kept = operands.filter((_, i) => constantOf(operands[i]) !== 0 && constantOf(operands[i ^ 1]) !== 0);
  if (kept.length === operands.length) return null;
  return kept.length === 0 ? constant(0, type.shape) : createValue(value.primitive, kept, attributes);
}
