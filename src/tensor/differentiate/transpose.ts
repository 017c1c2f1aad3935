/** Reverse mode: the transpose of a linear map that forward mode has made. */
import { add } from "../primitives/arithmetic.ts";
import { describeShape } from "../primitives/elementwise.ts";
import { createValue, ShapeError, sameShape, topologicalOrder, type Value } from "../program.ts";

/**
 * For roots that are linear in `variables`, the cotangents of the variables when the roots have the given cotangents;
 * null where a variable is not reached. Throws TypeError where a root is not linear in the variables.
 */
export function transposeLinear(cotangents: ReadonlyMap<Value, Value>, variables: readonly Value[]): (Value | null)[] {
  const order = topologicalOrder([...cotangents.keys()]);
  const linear = new Set<Value>(variables);
  for (const value of order) {
    if (value.operands.some((operand) => linear.has(operand))) linear.add(value);
  }
  const total = new Map<Value, Value>();
  const accumulate = (value: Value, cotangent: Value) => {
    if (!sameShape(value.type.shape, cotangent.type.shape)) {
      const [found, wanted] = [cotangent.type.shape, value.type.shape].map(describeShape);
      throw new ShapeError(`cotangent ${found} of a ${wanted} ${value.primitive.name}`);
    }
    const previous = total.get(value);
    total.set(value, previous ? addCotangents(previous, cotangent) : cotangent);
  };
  for (const [root, cotangent] of cotangents) accumulate(root, cotangent);
  const isVariable = new Set(variables);
  for (const value of order.reverse()) {
    const cotangent = total.get(value);
    if (!cotangent || !linear.has(value) || isVariable.has(value)) continue;
    const isLinear = value.operands.map((operand) => linear.has(operand));
    if (!value.primitive.transpose) throw new TypeError(`${value.primitive.name} is not linear`);
    const operandCotangents = value.primitive.transpose(value, cotangent, isLinear);
    value.operands.forEach((operand, i) => {
      const operandCotangent = operandCotangents[i];
      if (operandCotangent) accumulate(operand, operandCotangent);
      else if (isLinear[i]) throw new TypeError(`${value.primitive.name} is not linear in operand ${i}`);
    });
  }
  return variables.map((variable) => total.get(variable) ?? null);
}

const bilinear = new Set(["matmul", "conv2d", "conv2dInputGrad", "conv2dFilterGrad"]);

/** a + b, as one list of pairs where both are the same bilinear primitive. */
function addCotangents(a: Value, b: Value): Value {
  const mergeable =
    a.primitive === b.primitive &&
    bilinear.has(a.primitive.name) &&
    JSON.stringify(a.attributes) === JSON.stringify(b.attributes) &&
    sameShape(a.operands[0].type.shape, b.operands[0].type.shape) &&
    sameShape(a.operands[1].type.shape, b.operands[1].type.shape);
  return mergeable ? createValue(a.primitive, [...a.operands, ...b.operands], a.attributes) : add(a, b);
}
