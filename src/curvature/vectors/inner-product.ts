/** Inner products of millions of float32 numbers, traced so that the order of additions keeps them accurate. */
import type { BackendKind } from "../../backends/backend.ts";
import { add, multiply, reshape, slice, sum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

/**
 * Columns of the matrix as which a GPU sums a vector: wide enough to keep it busy, so that a column is some thousand
 * additions long at ten million numbers.
 */
const columns = 8192;
/** And of the matrix as which it sums the row of their sums. */
const lastColumns = 128;

/**
 * How sums are taken: the processor backends keep a long sum in float64; a GPU, which has no float64, sums columns of a
 * matrix, then their row in the same way, so that no sum is longer than a few hundred terms.
 */
export type Summation = "direct" | "by columns";

export const summationOf = (kind: BackendKind): Summation => (kind === "webgpu" ? "by columns" : "direct");

/** Σᵢ aᵢbᵢ of vectors [n]: a scalar. */
export function innerProduct(a: Value, b: Value, summation: Summation): Value {
  const [length] = a.type.shape;
  const rows = Math.floor(length / columns);
  if (summation === "direct" || rows < 2) return sum(multiply(a, b));
  const part = (start: number, count: number) => multiply(slice(a, [start], [count]), slice(b, [start], [count]));
  const row = sum(reshape(part(0, rows * columns), [rows, columns]), [0]);
  const body = sum(sum(reshape(row, [columns / lastColumns, lastColumns]), [0]));
  const rest = length - rows * columns;
  return rest === 0 ? body : add(body, sum(part(rows * columns, rest)));
}
