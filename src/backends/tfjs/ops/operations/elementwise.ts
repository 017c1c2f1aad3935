/**
 * Elementwise primitives. tfjs's own log1p and tanh are inexact near 0 on WebGL (log of a rounded 1 + x, a difference of
 * numbers near 1); there they are done by series.
 */
import * as tf from "@tensorflow/tfjs-core";
import { erfPolynomials } from "../../../../tensor/error-function.ts";
import type { PrimitiveName } from "../../../../tensor/primitives/index.ts";
import type { Operation } from "../operation.ts";

const unary =
  <Name extends PrimitiveName>(f: (x: tf.Tensor) => tf.Tensor): Operation<Name> =>
  (_, [x]) =>
    f(x);
const binary =
  <Name extends PrimitiveName>(f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Operation<Name> =>
  (_, [a, b]) =>
    f(a, b);

const isAtMostZero = (x: tf.Tensor) => tf.lessEqual(x, 0);

/** c₀ + c₁x + c₂x² + … */
const polynomial = (x: tf.Tensor, coefficients: readonly number[]): tf.Tensor =>
  coefficients.reduceRight<tf.Tensor>((total, c) => tf.add(tf.mul(total, x), c), tf.zerosLike(x));

/** 2·artanh(x/(2 + x)) below 1/2 by its series, log(1 + x) above. */
function accurateLog1p(x: tf.Tensor): tf.Tensor {
  const s = tf.div(x, tf.add(x, 2));
  const series = polynomial(tf.square(s), [2, 2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11]);
  return tf.where(tf.less(tf.abs(x), 0.5), tf.mul(s, series), tf.log(tf.add(x, 1)));
}

/** x·(1 − x²/3 + …) below 1/4 in size, (1 − e)/(1 + e) with e = exp(−2|x|) above. */
function accurateTanh(x: tf.Tensor): tf.Tensor {
  const series = polynomial(tf.square(x), [1, -1 / 3, 2 / 15, -17 / 315, 62 / 2835, -1382 / 155925]);
  const e = tf.exp(tf.mul(tf.abs(x), -2));
  const large = tf.mul(tf.sign(x), tf.div(tf.sub(1, e), tf.add(e, 1)));
  return tf.where(tf.less(tf.abs(x), 0.25), tf.mul(x, series), large);
}

/** The polynomials for float32, since tfjs's own keeps no relative precision near 0. */
function accurateErf(x: tf.Tensor): tf.Tensor {
  const square = tf.square(x);
  const near = tf.mul(x, polynomial(square, erfPolynomials.near));
  const size = tf.minimum(tf.abs(x), 4);
  const t = tf.div(1, tf.add(tf.mul(size, 0.5), 1));
  const far = tf.sub(1, tf.mul(tf.exp(tf.neg(tf.square(size))), polynomial(t, erfPolynomials.far)));
  return tf.where(tf.less(square, 1), near, tf.mul(tf.sign(x), far));
}

export const add: Operation<"add"> = binary(tf.add);
export const subtract: Operation<"subtract"> = binary(tf.sub);
export const multiply: Operation<"multiply"> = binary(tf.mul);
export const divide: Operation<"divide"> = binary(tf.div);
export const negate: Operation<"negate"> = unary(tf.neg);
export const exp: Operation<"exp"> = unary(tf.exp);
export const log1p: Operation<"log1p"> = unary(accurateLog1p);
export const sqrt: Operation<"sqrt"> = unary(tf.sqrt);
export const rsqrt: Operation<"rsqrt"> = unary(tf.rsqrt);
export const tanh: Operation<"tanh"> = unary(accurateTanh);
export const sigmoid: Operation<"sigmoid"> = unary((x) => tf.div(1, tf.add(tf.exp(tf.neg(x)), 1)));
export const erf: Operation<"erf"> = unary(accurateErf);
export const step: Operation<"step"> = unary((x) => tf.where(isAtMostZero(x), tf.zerosLike(x), tf.onesLike(x)));
export const select: Operation<"select"> = (_, [condition, a, b]) => tf.where(isAtMostZero(condition), b, a);
