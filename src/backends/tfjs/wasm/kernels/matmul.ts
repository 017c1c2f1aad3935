/** Matrix products; transposed operands are copied straight first. */
import { matmulSize } from "../../../../tensor/primitives/index.ts";
import type { CreateKernel } from "../kernel.ts";
import { MatrixProduct } from "../matrix-product.ts";
import { addRun, transposeMatrix } from "./copies.ts";

export const matmul: CreateKernel<"matmul"> = ({ operands, attributes }) => {
  const { rows, inner, columns } = matmulSize(operands[0].type.shape, operands[1].type.shape, attributes);
  const { transposeA, transposeB } = attributes;
  const bytesA = transposeA ? 4 * rows * inner : 0;
  const bytesB = transposeB ? 4 * inner * columns : 0;
  const bytesTerm = operands.length > 2 ? 4 * rows * columns : 0;
  return {
    scratchBytes: bytesA + bytesB + bytesTerm,
    prepare(site) {
      const [scratchA, scratchB, term] = [site.scratch, site.scratch + bytesA, site.scratch + bytesA + bytesB];
      const pairs = operands.flatMap((_, i) => (i % 2 === 0 ? [i] : []));
      const steps = pairs.map((i) => {
        const [a, b] = [site.operands[i], site.operands[i + 1]];
        const right = transposeB ? { address: scratchB, version: null } : { address: b, version: site.versions[i + 1] };
        const product = new MatrixProduct(site, inner, columns, right);
        return () => {
          if (transposeA) transposeMatrix(site.module.f32, a / 4, inner, rows, scratchA / 4);
          if (transposeB) transposeMatrix(site.module.f32, b / 4, columns, inner, scratchB / 4);
          product.run((multiply) => multiply(transposeA ? scratchA : a, rows, i === 0 ? site.result : term));
          if (i > 0) addRun(site.module.f32, term / 4, site.result / 4, rows * columns);
        };
      });
      return () => {
        for (const step of steps) step();
      };
    },
  };
};
