/** One number at a time. */
import { erf as erfOf } from "../../../tensor/error-function.ts";
import type { PrimitiveName } from "../../../tensor/primitives/index.ts";
import type { Kernel } from "../kernel.ts";

const unary =
  <Name extends PrimitiveName>(f: (x: number) => number): Kernel<Name> =>
  (_, [x], result) => {
    for (let i = 0; i < result.length; i++) result[i] = f(x[i]);
  };

const binary =
  <Name extends PrimitiveName>(f: (a: number, b: number) => number): Kernel<Name> =>
  (_, [a, b], result) => {
    for (let i = 0; i < result.length; i++) result[i] = f(a[i], b[i]);
  };

export const add: Kernel<"add"> = binary((a, b) => a + b);
export const subtract: Kernel<"subtract"> = binary((a, b) => a - b);
export const multiply: Kernel<"multiply"> = binary((a, b) => a * b);
export const divide: Kernel<"divide"> = binary((a, b) => a / b);
export const negate: Kernel<"negate"> = unary((x) => -x);
export const exp: Kernel<"exp"> = unary(Math.exp);
export const log1p: Kernel<"log1p"> = unary(Math.log1p);
export const sqrt: Kernel<"sqrt"> = unary(Math.sqrt);
export const rsqrt: Kernel<"rsqrt"> = unary((x) => 1 / Math.sqrt(x));
export const tanh: Kernel<"tanh"> = unary(Math.tanh);
export const sigmoid: Kernel<"sigmoid"> = unary((x) => 1 / (1 + Math.exp(-x)));
export const erf: Kernel<"erf"> = unary(erfOf);
export const step: Kernel<"step"> = unary((x) => (x <= 0 ? 0 : 1));

export const select: Kernel<"select"> = (_, [condition, a, b], result) => {
  for (let i = 0; i < result.length; i++) result[i] = condition[i] <= 0 ? b[i] : a[i];
};
