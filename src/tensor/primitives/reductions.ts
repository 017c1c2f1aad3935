/**
 * Reductions that remove axes: `sum`, and `max`, which is a constant to derivatives; and `broadcast`, which brings axes back. In one file, since `sum`
 * and `broadcast` are each other's transpose.
 */
import {
  createValue,
  elementCount,
  type Primitive,
  type Shape,
  ShapeError,
  type TensorType,
  type Value,
} from "../program.ts";
import { describeShape } from "./elementwise.ts";

export interface ReductionAttributes {
  /** The operand's axes to remove, ascending. */
  readonly axes: readonly number[];
}

export const keptAxes = (rank: number, axes: readonly number[]): number[] =>
  Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !axes.includes(axis));

const reducedType =
  (name: string) =>
  ([operand]: readonly TensorType[], { axes }: ReductionAttributes): TensorType => {
    const rank = operand.shape.length;
    const fits = axes.every((axis, i) => axis >= 0 && axis < rank && (i === 0 || axes[i - 1] < axis));
    if (operand.dtype !== "float" || !fits) {
      throw new ShapeError(`${name} of ${operand.dtype} ${describeShape(operand.shape)} along axes ${axes}`);
    }
    return { dtype: "float", shape: keptAxes(rank, axes).map((axis) => operand.shape[axis]) };
  };

const flops = (value: Value) => elementCount(value.operands[0].type.shape);

export const sumPrimitive: Primitive<"sum", ReductionAttributes> = {
  name: "sum",
  type: reducedType("sum"),
  jvp: (value, [tangent]) => tangent && sum(tangent, value.attributes.axes),
  transpose(value, cotangent) {
    const { shape } = value.operands[0].type;
    return [broadcast(cotangent, shape, keptAxes(shape.length, value.attributes.axes))];
  },
  flops,
};

export const maxPrimitive: Primitive<"max", ReductionAttributes> = {
  name: "max",
  type: reducedType("max"),
  jvp: () => null,
  flops,
};

/** Sums along `axes` (all of them unless told), removing them. */
export const sum = (x: Value, axes: readonly number[] = x.type.shape.map((_, axis) => axis)): Value =>
  createValue(sumPrimitive, [x], { axes });

/** The largest element along `axes`, removing them; a constant to derivatives. */
export const max = (x: Value, axes: readonly number[]): Value => createValue(maxPrimitive, [x], { axes });

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
