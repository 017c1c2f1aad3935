/**
 * Elementary functions that WGSL's own are not good enough for: `log` loses 1e-4 near 1, and `tanh` overflows to NaN on
 * some devices. Each is written for scalars and for vectors of four. Relative error below 3e-7 everywhere.
 */

import { erfPolynomials } from "../../../tensor/error-function.ts";

const log1pBody = (type: "f32" | "vec4f") => `
// 2·atanh(f/(2 + f)) by its series, |f| <= 1/2 or 0 < f < 1.
fn log1pSeries_${type}(f: ${type}) -> ${type} {
  let s = f / (2.0 + f);
  let z = s * s;
  return 2.0 * s * (1.0 + z * (0.33333333 + z * (0.2 + z * (0.14285714 + z * (0.11111111 + z * (0.09090909
    + z * (0.07692308 + z * 0.06666667)))))));
}
fn log1p_${type}(x: ${type}) -> ${type} {
  let parts = frexp(1.0 + x);
  let far = ${type}(parts.exp) * 0.69314718 + log1pSeries_${type}(parts.fract - 1.0);
  let isNear = (x > ${type}(-0.5)) & (x < ${type}(1.0));
  return select(far, log1pSeries_${type}(select(${type}(0.0), x, isNear)), isNear);
}
`;

const tanhBody = (type: "f32" | "vec4f") => `
fn tanh_${type}(x: ${type}) -> ${type} {
  let far = 1.0 - 2.0 / (exp(2.0 * min(abs(x), ${type}(20.0))) + 1.0);
  // expm1(y) by its series for y = 2|x| < 1.1; tanh = expm1(y)/(expm1(y) + 2).
  let y = 2.0 * min(abs(x), ${type}(0.55));
  let m = y * (1.0 + y * (0.5 + y * (0.16666667 + y * (0.041666668 + y * (0.008333334 + y * (0.0013888889
    + y * (0.00019841270 + y * (0.000024801588 + y * (0.0000027557319 + y * 0.00000027557319)))))))));
  return sign(x) * select(far, m / (m + 2.0), abs(x) < ${type}(0.55));
}
`;

const sigmoidBody = (type: "f32" | "vec4f") => `
fn sigmoid_${type}(x: ${type}) -> ${type} {
  let e = exp(-min(abs(x), ${type}(87.0)));
  return select(${type}(1.0), e, x < ${type}(0.0)) / (1.0 + e);
}
`;

/** Σ cₖxᵏ by Horner's rule. */
const horner = (x: string, coefficients: readonly number[]) =>
  coefficients.reduceRight((total, c) => (total ? `(${c} + ${x} * ${total})` : `(${c})`), "");

const erfBody = (type: "f32" | "vec4f") => `
fn erf_${type}(x: ${type}) -> ${type} {
  let z = min(x * x, ${type}(16.0));
  let near = x * ${horner("z", erfPolynomials.near)};
  let t = 1.0 / (1.0 + 0.5 * min(abs(x), ${type}(4.0)));
  let far = sign(x) * (1.0 - exp(-z) * ${horner("t", erfPolynomials.far)});
  return select(far, near, z < ${type}(1.0));
}
`;

const bodies = { log1p: log1pBody, tanh: tanhBody, sigmoid: sigmoidBody, erf: erfBody };
export type LibraryFunction = keyof typeof bodies;

export const isLibraryFunction = (name: string): name is LibraryFunction => Object.hasOwn(bodies, name);

/** Source of a function, to be called as `<name>_<type>`. */
export const librarySource = (name: LibraryFunction, type: "f32" | "vec4f"): string => bodies[name](type);
