/** Products with the Gauss-Newton matrix (Schraudolph 2002). */
import { constant, input } from "../primitives/input.ts";
import type { Value } from "../program.ts";
import { hvp } from "./hvp.ts";
import { jvp } from "./jvp.ts";
import { transposeLinear } from "./transpose.ts";

/**
 * The product JᵀHJv of the Gauss-Newton matrix with `tangents`, where J is the Jacobian of `outputs` and H the Hessian of
 * `loss` (a scalar) by `outputs` alone. One value a key of `tangents`, of the key's shape and in their order. `loss` must
 * depend on the keys through `outputs` only: other ways are left out. Throws ShapeError unless `loss` is a scalar.
 */
export function ggn(loss: Value, outputs: Value, tangents: ReadonlyMap<Value, Value>): Value[] {
  return transposeJacobian(outputs, tangents, (outputTangent) => hvp(loss, new Map([[outputs, outputTangent]]))[0]);
}

/**
 * Jᵀ·weigh(Jv), J the Jacobian of `outputs` and v the `tangents`: what products with Gauss-Newton, Fisher and second-moment
 * matrices have in common. One value a key of `tangents`.
 */
export function transposeJacobian(
  outputs: Value,
  tangents: ReadonlyMap<Value, Value>,
  weigh: (outputTangent: Value) => Value,
): Value[] {
  const variables = [...tangents.keys()];
  const zeros = () => variables.map(({ type }) => constant(0, type.shape));
  const [outputTangent] = jvp([outputs], tangents);
  if (!outputTangent) return zeros();
  const symbols = new Map(variables.map((variable) => [variable, input(variable.type)]));
  const [symbolic] = jvp([outputs], symbols);
  if (!symbolic) return zeros();
  const pulled = transposeLinear(new Map([[symbolic, weigh(outputTangent)]]), [...symbols.values()]);
  return pulled.map((product, i) => product ?? constant(0, variables[i].type.shape));
}
