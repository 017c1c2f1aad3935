/** Reductions: a walk over the operand in which removed axes do not move the result's offset. */
import type { Shape } from "../../../tensor/program.ts";
import { type Kernel, stridesOf, walk } from "../kernel.ts";

/** The result's strides by axis of the operand: 0 along the removed axes. */
function reducedStrides(shape: Shape, axes: readonly number[], resultShape: Shape): number[] {
  const strides = stridesOf(resultShape);
  let kept = 0;
  return shape.map((_, axis) => (axes.includes(axis) ? 0 : strides[kept++]));
}

export const sum: Kernel<"sum"> = ({ operands, attributes: { axes }, type }, [x], result) => {
  const { shape } = operands[0].type;
  walk(shape, reducedStrides(shape, axes, type.shape), 0, (position, offset) => {
    result[offset] += x[position];
  });
};

export const max: Kernel<"max"> = ({ operands, attributes: { axes }, type }, [x], result) => {
  const { shape } = operands[0].type;
  result.fill(Number.NEGATIVE_INFINITY);
  walk(shape, reducedStrides(shape, axes, type.shape), 0, (position, offset) => {
    result[offset] = Math.max(result[offset], x[position]);
  });
};
