/**
 * How broadcasts and sums look when a tensor is seen as a matrix [rows, columns] of its elements in order. Axes of size 1
 * play no part. What does not fit this view is `general` and costs a copy.
 */
import type { ValueOf } from "../../../tensor/primitives/index.ts";
import { elementCount, type Shape } from "../../../tensor/program.ts";

export type Pattern =
  /** One element for all. */
  | { readonly kind: "uniform" }
  /** An element for each column, alike in all rows. */
  | { readonly kind: "columns"; readonly columns: number }
  /** An element for each row, alike in all columns. */
  | { readonly kind: "rows"; readonly columns: number }
  | { readonly kind: "general" };

/** The pattern of a tensor that has only the axes `kept` of `shape`. */
function patternOf(shape: Shape, kept: readonly number[]): Pattern {
  const axes = shape.map((_, axis) => axis).filter((axis) => shape[axis] > 1);
  const inner = axes.filter((axis) => kept.includes(axis));
  if (inner.length === 0) return { kind: "uniform" };
  const size = elementCount(inner.map((axis) => shape[axis]));
  const isRun = (from: number) => inner.every((axis, i) => axes[from + i] === axis);
  if (isRun(axes.length - inner.length)) return { kind: "columns", columns: size };
  return isRun(0) ? { kind: "rows", columns: elementCount(shape) / size } : { kind: "general" };
}

/** How a broadcast's operand varies over its result. */
export const broadcastPattern = ({ attributes: { shape, axes } }: ValueOf<"broadcast">): Pattern =>
  patternOf(shape, axes);

/** How the result of a reduction varies over its operand. */
export const reductionPattern = ({ operands: [x], attributes: { axes } }: ValueOf<"sum"> | ValueOf<"max">): Pattern =>
  patternOf(
    x.type.shape,
    x.type.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis)),
  );
