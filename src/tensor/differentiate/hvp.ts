/** Exact Hessian-vector products by forward over reverse mode (Pearlmutter 1994). */
import { constant } from "../primitives/input.ts";
import type { Value } from "../program.ts";
import { grad } from "./grad.ts";
import { jvp } from "./jvp.ts";

/**
 * The product of the Hessian of `loss` (a scalar) with `tangents`, each of the shape of the key it belongs to: one value a
 * key, in their order. Products of other tangents with the same Hessian share all that does not depend on them when they
 * are simplified in one program. Throws ShapeError unless `loss` is a scalar.
 */
export function hvp(loss: Value, tangents: ReadonlyMap<Value, Value>): Value[] {
  const variables = [...tangents.keys()];
  return hvpOfGradient(grad(loss, variables), tangents);
}

/** The same, given the gradient by the keys of `tangents` in their order: for several products with one Hessian. */
export function hvpOfGradient(gradient: readonly Value[], tangents: ReadonlyMap<Value, Value>): Value[] {
  const variables = [...tangents.keys()];
  return jvp(gradient, tangents).map((product, i) => product ?? constant(0, variables[i].type.shape));
}
