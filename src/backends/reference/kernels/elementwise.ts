/** One number at a time. Each has a loop of its own, which an engine compiles to the operation itself and not to a call of it. */
import { erf as erfOf } from "../../../tensor/error-function.ts";
import type { Kernel } from "../kernel.ts";

export const add: Kernel<"add"> = (_, [a, b], result) => {
  for (let i = 0; i < result.length; i++) result[i] = a[i] + b[i];
};

export const subtract: Kernel<"subtract"> = (_, [a, b], result) => {
  for (let i = 0; i < result.length; i++) result[i] = a[i] - b[i];
};

export const multiply: Kernel<"multiply"> = (_, [a, b], result) => {
  for (let i = 0; i < result.length; i++) result[i] = a[i] * b[i];
};

export const divide: Kernel<"divide"> = (_, [a, b], result) => {
  for (let i = 0; i < result.length; i++) result[i] = a[i] / b[i];
};

export const negate: Kernel<"negate"> = (_, [x], result) => {
  for (let i = 0; i < result.length; i++) result[i] = -x[i];
};

export const exp: Kernel<"exp"> = (_, [x], result) => {
  for (let i = 0; i < result.length; i++) result[i] = Math.exp(x[i]);
};

export const log1p: Kernel<"log1p"> = (_, [x], result) => {
  for (let i = 0; i < result.length; i++) result[i] = Math.log1p(x[i]);
};

export const sqrt: Kernel<"sqrt"> = (_, [x], result) => {
  for (let i = 0; i < result.length; i++) result[i] = Math.sqrt(x[i]);
};

export const rsqrt: Kernel<"rsqrt"> = (_, [x], result) => {
  for (let i = 0; i < result.length; i++) result[i] = 1 / Math.sqrt(x[i]);
};

export const tanh: Kernel<"tanh"> = (_, [x], result) => {
  for (let i = 0; i < result.length; i++) result[i] = Math.tanh(x[i]);
};

export const sigmoid: Kernel<"sigmoid"> = (_, [x], result) => {
  for (let i = 0; i < result.length; i++) result[i] = 1 / (1 + Math.exp(-x[i]));
};

export const erf: Kernel<"erf"> = (_, [x], result) => {
  for (let i = 0; i < result.length; i++) result[i] = erfOf(x[i]);
};

export const step: Kernel<"step"> = (_, [x], result) => {
  for (let i = 0; i < result.length; i++) result[i] = x[i] <= 0 ? 0 : 1;
};

export const select: Kernel<"select"> = (_, [condition, a, b], result) => {
  for (let i = 0; i < result.length; i++) result[i] = condition[i] <= 0 ? b[i] : a[i];
};
