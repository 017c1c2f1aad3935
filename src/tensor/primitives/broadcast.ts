/** Repeats a tensor along new axes. The transpose of `sum`. */
import { createValue, type Primitive, type Shape, ShapeError, type Value } from "../program.ts";
import { describeShape } from "./elementwise.ts";
import { sum } from "./sum.ts";

export interface BroadcastAttributes {
  readonly shape: Shape;
  /** The result's axis that each operand axis becomes, ascending. */
  readonly axes: readonly number[];
}

const newAxes = ({ shape, axes }: BroadcastAttributes): number[] =>
  shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));

export const broadcastPrimitive: Primitive<"broadcast", BroadcastAttributes> = {
  name: "broadcast",
  type([operand], { shape, axes }) {
    const fits =
      operand.shape.length === axes.length &&
      axes.every((axis, i) => shape[axis] === operand.shape[i] && (i === 0 || axes[i - 1] < axis));
    if (!fits) {
      throw new ShapeError(
        `broadcast of ${describeShape(operand.shape)} to ${describeShape(shape)} along axes ${axes}`,
      );
    }
    return { dtype: operand.dtype, shape };
  },
  jvp: (value, [tangent]) => tangent && broadcast(tangent, value.attributes.shape, value.attributes.axes),
  transpose: (value, cotangent) => [sum(cotangent, newAxes(value.attributes))],
  flops: () => 0,
};

/** `x` repeated to `shape`; axis i of `x` becomes axis `axes[i]` of the result. */
export const broadcast = (x: Value, shape: Shape, axes: readonly number[]): Value =>
  createValue(broadcastPrimitive, [x], { shape, axes });
