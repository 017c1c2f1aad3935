/** Forward mode: tangents of values given tangents of others. */
import { topologicalOrder, type Value } from "../program.ts";

/**
 * The tangents of `roots` when each key of `tangents` has the tangent it maps to (of the key's shape) whatever its
 * operands' are, and every other value without operands has none. Null is a symbolic zero. With a tangent preset at the
 * logits this is the first half of a Gauss-Newton product.
 */
export function jvp(roots: readonly Value[], tangents: ReadonlyMap<Value, Value>): (Value | null)[] {
  const known = new Map<Value, Value | null>(tangents);
  for (const value of topologicalOrder(roots)) {
    if (known.has(value)) continue;
    const operandTangents = value.operands.map((operand) => known.get(operand) ?? null);
    const isZero = operandTangents.every((tangent) => tangent === null);
    known.set(value, isZero ? null : value.primitive.jvp(value, operandTangents));
  }
  return roots.map((root) => known.get(root) ?? null);
}
