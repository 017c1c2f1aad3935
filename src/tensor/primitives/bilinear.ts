/**
 * What bilinear primitives share. Their operands are a list of pairs x₁, w₁, x₂, w₂, … and the result is Σᵢ f(xᵢ, wᵢ):
 * a derivative of one product is a list of two, and one launch serves the list.
 */
import { ShapeError, sameShape, type TensorType, type Value } from "../program.ts";
import { describeTypes } from "./elementwise.ts";

/** Checks the list and returns the type shared by all first and by all second members. */
export function pairTypes(name: string, operands: readonly TensorType[]): [TensorType, TensorType] {
  const [first, second] = operands;
  const fits =
    operands.length >= 2 &&
    operands.length % 2 === 0 &&
    operands.every(
      ({ dtype, shape }, i) => dtype === "float" && sameShape(shape, (i % 2 === 0 ? first : second).shape),
    );
  if (!fits) throw new ShapeError(`${name} of ${describeTypes(operands)}`);
  return [first, second];
}

/** The product rule: Σ f(ẋᵢ, wᵢ) + f(xᵢ, ẇᵢ), or null when every tangent is zero. */
export function bilinearJvp(
  operands: readonly Value[],
  tangents: readonly (Value | null)[],
  make: (pairs: Value[]) => Value,
): Value | null {
  const pairs: Value[] = [];
  for (let i = 0; i < operands.length; i += 2) {
    const [tx, tw] = [tangents[i], tangents[i + 1]];
    if (tx) pairs.push(tx, operands[i + 1]);
    if (tw) pairs.push(operands[i], tw);
  }
  return pairs.length > 0 ? make(pairs) : null;
}

/** Cotangents of every operand linear beside a fixed one: `first(w)` for an x paired with w, `second(x)` for such a w. */
export const bilinearTranspose = (
  operands: readonly Value[],
  linear: readonly boolean[],
  first: (w: Value) => Value,
  second: (x: Value) => Value,
): (Value | null)[] =>
  operands.map((_, i) => {
    if (!linear[i] || linear[i ^ 1]) return null;
    return i % 2 === 0 ? first(operands[i + 1]) : second(operands[i - 1]);
  });
