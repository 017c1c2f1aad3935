/** Inner products of millions of float32 numbers, traced so that the order of additions keeps them accurate. */
import type { BackendKind } from "../../backends/backend.ts";
import { add, concat, multiply, reshape, slice, sum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

/**
 * Columns of the matrix as which a GPU sums a vector: wide enough to keep it busy, so that a column is some thousand
 * additions long at ten million numbers.
 */
const columns = 8192;
/** Columns of the second matrix: the sums of the first one's columns, which are summed in turn. */
const lastColumns = 128;

/**
 * How sums are taken: the processor backends keep a long sum in float64; a GPU, which has no float64, sums columns of a
 * matrix, then their row in the same way, so that no sum is longer than a few hundred terms.
 */
export type Summation = "direct" | "by columns";

export const summationOf = (kind: BackendKind): Summation => (kind === "webgpu" ? "by columns" : "direct");

/** Σᵢ aᵢbᵢ of vectors [n]: a scalar. */
export const innerProduct = (a: Value, b: Value, summation: Summation): Value =>
  reshape(innerProducts(a, [b], summation), []);

/** ⟨w, vᵢ⟩ of vectors [n]: a vector with an element for each vᵢ. What is summed in one launch is put into one tensor. */
export function innerProducts(w: Value, vectors: readonly Value[], summation: Summation): Value {
  const [length] = w.type.shape;
  const rows = Math.floor(length / columns);
  const sums = (start: number, count: number, shape: readonly number[]) =>
    vectors.map((v) => {
      const product = multiply(slice(w, [start], [count]), slice(v, [start], [count]));
      return sum(reshape(product, shape), [0]);
    });
  if (summation === "direct" || rows < 2) return row(vectors.map((v) => sum(multiply(w, v))));
  const body = concat(sums(0, rows * columns, [rows, columns]), 0);
  const halves = sum(reshape(body, [vectors.length, columns / lastColumns, lastColumns]), [1]);
  const total = sum(halves, [1]);
  const rest = length - rows * columns;
  return rest === 0 ? total : add(total, row(sums(rows * columns, rest, [rest])));
}

const row = (scalars: readonly Value[]): Value =>
  concat(
    scalars.map((value) => reshape(value, [1])),
    0,
  );
