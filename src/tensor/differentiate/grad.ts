/** The gradient of a scalar: the transpose of its forward derivative. */
import { constant, input } from "../primitives/input.ts";
import { ShapeError, type Value } from "../program.ts";
import { jvp } from "./jvp.ts";
import { transposeLinear } from "./transpose.ts";

/**
 * ∂loss/∂variable for every variable, each of its variable's shape. A variable may be any value of the graph: its own
 * dependence on others is then ignored. Throws ShapeError unless `loss` is a scalar.
 */
export function grad(loss: Value, variables: readonly Value[]): Value[] {
  if (loss.type.shape.length !== 0) throw new ShapeError(`grad of a tensor of shape [${loss.type.shape}]`);
  const tangents = new Map(variables.map((variable) => [variable, input(variable.type)]));
  const [tangent] = jvp([loss], tangents);
  const cotangents = tangent
    ? transposeLinear(
        new Map([[tangent, constant(1)]]),
        variables.map((variable) => tangents.get(variable)!),
      )
    : [];
  return variables.map((variable, i) => cotangents[i] ?? constant(0, variable.type.shape));
}
