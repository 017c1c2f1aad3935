/** Sums of matrix products by the definition. */
import { matmulSize } from "../../../tensor/primitives/index.ts";
import type { Kernel } from "../kernel.ts";

export const matmul: Kernel<"matmul"> = ({ operands, attributes }, contents, result) => {
  const { rows, inner, columns } = matmulSize(operands[0].type.shape, operands[1].type.shape, attributes);
  const [rowStrideA, innerStrideA] = attributes.transposeA ? [1, rows] : [inner, 1];
  const [innerStrideB, columnStrideB] = attributes.transposeB ? [1, inner] : [columns, 1];
  for (let pair = 0; pair < contents.length; pair += 2) {
    const [a, b] = [contents[pair], contents[pair + 1]];
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < inner; k++) {
        const factor = a[row * rowStrideA + k * innerStrideA];
        for (let column = 0; column < columns; column++) {
          result[row * columns + column] += factor * b[k * innerStrideB + column * columnStrideB];
        }
      }
    }
  }
};
