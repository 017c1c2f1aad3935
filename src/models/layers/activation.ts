/** Activations by name. */
import { select, tanh } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";

const functions = {
  /** max(x, 0), with the derivative 0 at 0. */
  relu: (x: Value): Value => select(x, x, 0),
  tanh,
} satisfies Record<string, (x: Value) => Value>;

export type ActivationName = keyof typeof functions;

/** The function of every element of `x`. */
export const activation = (scope: Scope, x: Value, name: ActivationName): Value =>
  scope.units.handOn(x, functions[name](x));

export const relu = (scope: Scope, x: Value): Value => activation(scope, x, "relu");
