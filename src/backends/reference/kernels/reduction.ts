/** Reductions: row by row over the operand, where removed axes do not move the result's offset. */
import type { Shape } from "../../../tensor/program.ts";
import { eachRow, type Kernel, stridesOf } from "../kernel.ts";

/** The result's strides by axis of the operand: 0 along the removed axes. */
function reducedStrides(shape: Shape, axes: readonly number[], resultShape: Shape): number[] {
  const strides = stridesOf(resultShape);
  let kept = 0;
  return shape.map((_, axis) => (axes.includes(axis) ? 0 : strides[kept++]));
}

export const sum: Kernel<"sum"> = ({ operands, attributes: { axes }, type }, [x], result) => {
  const { shape } = operands[0].type;
  eachRow(shape, reducedStrides(shape, axes, type.shape), 0, (position, offset, count, stride) => {
    for (let i = 0; i < count; i++) result[offset + i * stride] += x[position + i];
  });
};

export const max: Kernel<"max"> = ({ operands, attributes: { axes }, type }, [x], result) => {
  const { shape } = operands[0].type;
  result.fill(Number.NEGATIVE_INFINITY);
  eachRow(shape, reducedStrides(shape, axes, type.shape), 0, (position, offset, count, stride) => {
    for (let i = 0; i < count; i++) {
      const place = offset + i * stride;
      result[place] = Math.max(result[place], x[position + i]);
    }
  });
};
