/** Inner products of millions of float32 numbers, traced so that the order of additions keeps them accurate. */
import type { BackendKind } from "../../backends/backend.ts";
import { add, multiply, reshape, slice, sum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

/**
 * Columns of the matrix as which a GPU sums a vector: wide enough to keep it busy, so that a column is some thousand
 * additions long at ten million numbers.
 */
const columns = 8192;

/**
 * How sums are taken: the processor backends keep a long sum in float64; a GPU, which has no float64, sums columns of a
 * matrix and then the row of their sums, with an error of ε√(rows + columns) instead of ε√(rows · columns).
 */
export type Summation = "direct" | "two-level";

export const summationOf = (kind: BackendKind): Summation => (kind === "webgpu" ? "two-level" : "direct");

/** Σᵢ aᵢbᵢ of vectors [n]: a scalar. */
export function innerProduct(a: Value, b: Value, summation: Summation): Value {
  const [length] = a.type.shape;
  const rows = Math.floor(length / columns);
  if (summation === "direct" || rows < 2) return sum(multiply(a, b));
  const part = (start: number, count: number) => multiply(slice(a, [start], [count]), slice(b, [start], [count]));
  const body = sum(sum(reshape(part(0, rows * columns), [rows, columns]), [0]));
  const rest = length - rows * columns;
  return rest === 0 ? body : add(body, sum(part(rows * columns, rest)));
}
