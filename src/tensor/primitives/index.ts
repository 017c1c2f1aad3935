/** All primitives by name. Backends and rewriting rules are exhaustive maps over `PrimitiveName`. */
import type { Primitive, Value } from "../program.ts";
import { addPrimitive, dividePrimitive, multiplyPrimitive, negatePrimitive, subtractPrimitive } from "./arithmetic.ts";
import { imageBatchPrimitive, oneHotPrimitive, takeLabelsPrimitive } from "./batch.ts";
import { conv2dFilterGradPrimitive, conv2dInputGradPrimitive, conv2dPrimitive } from "./conv2d.ts";
import { concatPrimitive, padPrimitive, slicePrimitive } from "./extent.ts";
import { constantPrimitive, inputPrimitive } from "./input.ts";
import { reshapePrimitive, transposePrimitive } from "./layout.ts";
import { matmulPrimitive } from "./matmul.ts";
import {
  gatherWindowPrimitive,
  poolArgmaxPrimitive,
  scatterWindowPrimitive,
  spreadWindowPrimitive,
  windowSumPrimitive,
} from "./pool.ts";
import { broadcastPrimitive, maxPrimitive, sumPrimitive } from "./reductions.ts";
import { selectPrimitive } from "./select.ts";
import {
  erfPrimitive,
  expPrimitive,
  log1pPrimitive,
  rsqrtPrimitive,
  sigmoidPrimitive,
  sqrtPrimitive,
  stepPrimitive,
  tanhPrimitive,
} from "./transcendental.ts";

export const primitives = {
  input: inputPrimitive,
  constant: constantPrimitive,
  add: addPrimitive,
  subtract: subtractPrimitive,
  multiply: multiplyPrimitive,
  divide: dividePrimitive,
  negate: negatePrimitive,
  exp: expPrimitive,
  log1p: log1pPrimitive,
  sqrt: sqrtPrimitive,
  rsqrt: rsqrtPrimitive,
  tanh: tanhPrimitive,
  sigmoid: sigmoidPrimitive,
  erf: erfPrimitive,
  step: stepPrimitive,
  select: selectPrimitive,
  broadcast: broadcastPrimitive,
  sum: sumPrimitive,
  max: maxPrimitive,
  reshape: reshapePrimitive,
  transpose: transposePrimitive,
  slice: slicePrimitive,
  pad: padPrimitive,
  concat: concatPrimitive,
  matmul: matmulPrimitive,
  conv2d: conv2dPrimitive,
  conv2dInputGrad: conv2dInputGradPrimitive,
  conv2dFilterGrad: conv2dFilterGradPrimitive,
  poolArgmax: poolArgmaxPrimitive,
  gatherWindow: gatherWindowPrimitive,
  scatterWindow: scatterWindowPrimitive,
  windowSum: windowSumPrimitive,
  spreadWindow: spreadWindowPrimitive,
  imageBatch: imageBatchPrimitive,
  takeLabels: takeLabelsPrimitive,
  oneHot: oneHotPrimitive,
};

export type PrimitiveName = keyof typeof primitives;
export type ValueOf<Name extends PrimitiveName> =
  (typeof primitives)[Name] extends Primitive<Name, infer Attributes> ? Value<Name, Attributes> : never;

export type AnyValue = { [Name in PrimitiveName]: ValueOf<Name> }[PrimitiveName];

/** `value` as the union of all primitives' values, discriminated by `value.primitive.name`. */
export const asAny = (value: Value): AnyValue => value as AnyValue;

export * from "./arithmetic.ts";
export * from "./batch.ts";
export * from "./conv2d.ts";
export * from "./extent.ts";
export * from "./input.ts";
export * from "./layout.ts";
export * from "./matmul.ts";
export * from "./pool.ts";
export * from "./reductions.ts";
export * from "./select.ts";
export * from "./transcendental.ts";
