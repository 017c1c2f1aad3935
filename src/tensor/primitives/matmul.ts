/** Sums of matrix products, Σᵢ op(aᵢ)·op(bᵢ), where op transposes or not, alike for all pairs. */
import { createValue, type Primitive, ShapeError, type Value } from "../program.ts";
import { bilinearJvp, bilinearTranspose, pairTypes } from "./bilinear.ts";
import { describeShape } from "./elementwise.ts";

export interface MatmulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export interface MatmulSize {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

export function matmulSize(a: readonly number[], b: readonly number[], attributes: MatmulAttributes): MatmulSize {
  const [rows, inner] = attributes.transposeA ? [a[1], a[0]] : a;
  const [innerB, columns] = attributes.transposeB ? [b[1], b[0]] : b;
  if (a.length !== 2 || b.length !== 2 || inner !== innerB) {
    throw new ShapeError(`matmul of ${describeShape(a)} and ${describeShape(b)} with ${JSON.stringify(attributes)}`);
  }
  return { rows, inner, columns };
}

export const matmulPrimitive: Primitive<"matmul", MatmulAttributes> = {
  name: "matmul",
  type(operands, attributes) {
    const [a, b] = pairTypes("matmul", operands);
    const { rows, columns } = matmulSize(a.shape, b.shape, attributes);
    return { dtype: "float", shape: [rows, columns] };
  },
  jvp: (value, tangents) =>
    bilinearJvp(value.operands, tangents, (pairs) => createValue(matmulPrimitive, pairs, value.attributes)),
  transpose({ operands, attributes: { transposeA, transposeB } }, cotangent, linear) {
    return bilinearTranspose(
      operands,
      linear,
      (b) => (transposeA ? matmul(b, cotangent, transposeB, true) : matmul(cotangent, b, false, !transposeB)),
      (a) => (transposeB ? matmul(cotangent, a, true, transposeA) : matmul(a, cotangent, !transposeA, false)),
    );
  },
  flops({ operands, attributes }) {
    const { rows, inner, columns } = matmulSize(operands[0].type.shape, operands[1].type.shape, attributes);
    return rows * inner * columns * operands.length;
  },
};

/** op(a)·op(b) for matrices. */
export const matmul = (a: Value, b: Value, transposeA = false, transposeB = false): Value =>
  createValue(matmulPrimitive, [a, b], { transposeA, transposeB });
