/** Activations by name, each with PyTorch's value and derivatives, at 0 too. */
import type { ActivationName } from "../../architectures/activation-field.ts";
import {
  add,
  erf,
  exp,
  log1p,
  multiply,
  negate,
  select,
  sigmoid,
  subtract,
  tanh,
} from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";

/** max(x, 0), with the derivative 0 at 0; what is no number stays none. */
const rectify = (x: Value): Value => select(x, x, 0);

const functions: Readonly<Record<ActivationName, (x: Value) => Value>> = {
  relu: rectify,
  tanh,
  /** x·Φ(x) with the normal distribution's Φ (Hendrycks & Gimpel 2016), not its approximation by tanh. */
  gelu: (x) => multiply(multiply(x, 0.5), add(erf(multiply(x, Math.SQRT1_2)), 1)),
  silu: (x) => multiply(x, sigmoid(x)),
  /** log(1 + eˣ) as max(x, 0) + log(1 + e^−|x|), where nothing overflows. */
  softplus: (x) => add(rectify(x), log1p(exp(select(x, negate(x), x)))),
  /** eˣ − 1 below 0; the exponential is of min(x, 0), so that its derivative is finite where it isn't chosen. */
  elu(x) {
    const below = negate(x);
    return select(below, subtract(exp(select(below, x, 0)), 1), x);
  },
};

/** The function of every element of `x`. */
export const activation = (scope: Scope, x: Value, name: ActivationName): Value =>
  scope.units.handOn(x, functions[name](x));

export const relu = (scope: Scope, x: Value): Value => activation(scope, x, "relu");
