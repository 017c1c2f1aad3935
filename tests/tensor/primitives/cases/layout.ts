/** Primitives that repeat, reduce, rearrange, cut and extend, with random axes. */
import fc from "fast-check";
import { broadcast, concat, pad, reshape, slice, sum, transpose } from "../../../../src/tensor/primitives/index.ts";
import { elementCount, type Shape, type Value } from "../../../../src/tensor/program.ts";
import { type Cases, centred, type PrimitiveCase, shapeAndAxes, shapes, size } from "./case.ts";

const onOne = (shape: Shape, f: (x: Value) => Value): PrimitiveCase => ({
  inputs: [centred(shape)],
  build: ([x]) => f(x),
});

const broadcasts: Cases = shapeAndAxes.map(([shape, axes]) =>
  onOne(
    axes.map((axis) => shape[axis]),
    (x) => broadcast(x, shape, axes),
  ),
);

const reshapes: Cases = shapes().chain((shape) =>
  fc
    .constantFrom<Shape>([elementCount(shape)], shape.toReversed(), [1, ...shape, 1])
    .map((target) => onOne(shape, (x) => reshape(x, target))),
);

const transposes: Cases = shapes().chain((shape) =>
  fc
    .shuffledSubarray(
      shape.map((_, axis) => axis),
      { minLength: shape.length },
    )
    .map((permutation) => onOne(shape, (x) => transpose(x, permutation))),
);

/** A block of an axis: where it begins and how long it is. */
const block = (length: number) =>
  size(0, length - 1).chain((start) => size(1, length - start).map((count) => [start, count] as const));

const slices: Cases = shapes().chain((shape) =>
  fc.tuple(...shape.map(block)).map((blocks) => {
    const [start, target] = [blocks.map(([first]) => first), blocks.map(([, count]) => count)];
    return onOne(shape, (x) => slice(x, start, target));
  }),
);

const pads: Cases = shapes().chain((shape) =>
  fc.tuple(...shape.map(() => fc.tuple(size(0, 2), size(0, 2)))).map((padding) => onOne(shape, (x) => pad(x, padding))),
);

const concats: Cases = shapes(1).chain((shape) =>
  fc.tuple(size(0, shape.length - 1), fc.array(size(1, 3), { minLength: 1, maxLength: 3 })).map(([axis, lengths]) => ({
    inputs: lengths.map((length) => centred(shape.with(axis, length))),
    build: (parts) => concat(parts, axis),
  })),
);

export const layoutCases = {
  broadcast: broadcasts,
  sum: shapeAndAxes.map(([shape, axes]) => onOne(shape, (x) => sum(x, axes))),
  reshape: reshapes,
  transpose: transposes,
  slice: slices,
  pad: pads,
  concat: concats,
};
