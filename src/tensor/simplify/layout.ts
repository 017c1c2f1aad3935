/** Merges rearrangements of rearrangements and drops those that change nothing. */
import { concatPrimitive, slice, slicePrimitive } from "../primitives/extent.ts";
import { reshape, reshapePrimitive, transpose, transposePrimitive } from "../primitives/layout.ts";
import { broadcast, broadcastPrimitive, keptAxes, sum, sumPrimitive } from "../primitives/reductions.ts";
import { isA, sameShape, type Value } from "../program.ts";

export function mergeLayout(value: Value): Value | null {
  const [x] = value.operands;
  if (isA(value, reshapePrimitive)) {
    if (sameShape(x.type.shape, value.type.shape)) return x;
    if (isA(x, reshapePrimitive)) return reshape(x.operands[0], value.type.shape);
  } else if (isA(value, transposePrimitive)) {
    const { permutation } = value.attributes;
    if (permutation.every((axis, i) => axis === i)) return x;
    if (isA(x, transposePrimitive)) {
      return transpose(
        x.operands[0],
        permutation.map((axis) => x.attributes.permutation[axis]),
      );
    }
  } else if (isA(value, broadcastPrimitive)) {
    const { shape, axes } = value.attributes;
    if (sameShape(x.type.shape, shape)) return x;
    if (isA(x, broadcastPrimitive)) {
      return broadcast(
        x.operands[0],
        shape,
        x.attributes.axes.map((axis) => axes[axis]),
      );
    }
  } else if (isA(value, sumPrimitive)) {
    const { axes } = value.attributes;
    if (axes.length === 0) return x;
    if (isA(x, sumPrimitive)) {
      const kept = keptAxes(x.operands[0].type.shape.length, x.attributes.axes);
      return sum(
        x.operands[0],
        [...x.attributes.axes, ...axes.map((axis) => kept[axis])].sort((a, b) => a - b),
      );
    }
  } else if (isA(value, concatPrimitive)) {
    if (value.operands.length === 1) return x;
  } else if (isA(value, slicePrimitive)) {
    return mergeSlice(value.attributes.start, value);
  }
  return null;
}

function mergeSlice(start: readonly number[], value: Value): Value | null {
  const [x] = value.operands;
  const { shape } = value.type;
  if (sameShape(x.type.shape, shape)) return x;
  if (isA(x, slicePrimitive)) {
    return slice(
      x.operands[0],
      start.map((first, axis) => first + x.attributes.start[axis]),
      shape,
    );
  }
  if (isA(x, concatPrimitive)) {
    const { axis } = x.attributes;
    let offset = 0;
    for (const part of x.operands) {
      const size = part.type.shape[axis];
      if (start[axis] >= offset && start[axis] + shape[axis] <= offset + size) {
        return slice(
          part,
          start.map((first, i) => (i === axis ? first - offset : first)),
          shape,
        );
      }
      offset += size;
    }
  }
  return null;
}
