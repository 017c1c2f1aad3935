/** Operands that do not fit an operation are refused by a ShapeError that names it and their shapes. */
import { describe, expect, it } from "vitest";
import {
  add,
  broadcast,
  concat,
  constant,
  conv2d,
  conv2dFilterGrad,
  conv2dFilterGradPrimitive,
  conv2dInputGrad,
  conv2dPrimitive,
  exp,
  gatherWindow,
  imageBatch,
  input,
  matmul,
  matmulPrimitive,
  max,
  multiply,
  oneHot,
  pad,
  poolArgmax,
  reshape,
  scatterWindow,
  select,
  slice,
  subtract,
  sum,
  takeLabels,
  transpose,
} from "../../../src/tensor/primitives/index.ts";
import { createValue, type DType, ShapeError, type Value } from "../../../src/tensor/program.ts";

const of = (dtype: DType, ...shape: number[]): Value => input({ dtype, shape });
const float = (...shape: number[]) => of("float", ...shape);
const int = (...shape: number[]) => of("int", ...shape);

const plain = {
  strides: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
} as const;
const window = { window: [2, 2], strides: [2, 2] } as const;
const normalization = { mean: [0, 0, 0], standardDeviation: [1, 1, 1] };

/** What is tried, and what the message must hold. */
const misfits: readonly [string, () => Value, RegExp][] = [
  ["add of two shapes", () => add(float(2, 3), float(3, 2)), /^add .*\[2, 3\].*\[3, 2\]/],
  ["subtract of two ranks", () => subtract(float(2), float(2, 1)), /^subtract .*\[2\].*\[2, 1\]/],
  ["multiply of ints", () => multiply(int(2), int(2)), /^multiply .*int/],
  ["exp of bytes", () => exp(of("byte", 2)), /^exp .*byte/],
  ["select by another shape", () => select(float(2), float(3), float(3)), /^select .*\[2\].*\[3\]/],
  ["broadcast to another size", () => broadcast(float(2), [3, 4], [0]), /^broadcast .*\[2\].*\[3, 4\].*0/],
  ["broadcast with axes missing", () => broadcast(float(2, 3), [2, 3], [0]), /^broadcast .*\[2, 3\]/],
  ["broadcast that transposes", () => broadcast(float(2, 2), [2, 2], [1, 0]), /^broadcast .*\[2, 2\].*1,0/],
  ["broadcast to an axis that is not there", () => broadcast(float(2), [2], [1]), /^broadcast .*\[2\]/],
  ["sum along no axis of its operand", () => sum(float(2, 3), [2]), /^sum .*\[2, 3\].*2/],
  ["sum along an axis twice", () => sum(float(2, 3), [1, 1]), /^sum .*\[2, 3\].*1,1/],
  ["sum along a negative axis", () => sum(float(2, 3), [-1]), /^sum .*\[2, 3\].*-1/],
  ["sum of ints", () => sum(int(2), [0]), /^sum .*int/],
  ["max along axes in disorder", () => max(float(2, 3), [1, 0]), /^max .*\[2, 3\].*1,0/],
  ["reshape to another count", () => reshape(float(2, 3), [5]), /^reshape .*\[2, 3\].*\[5\]/],
  ["transpose by too few axes", () => transpose(float(2, 3), [0]), /^transpose .*\[2, 3\].*0/],
  ["transpose by an axis twice", () => transpose(float(2, 3), [1, 1]), /^transpose .*\[2, 3\].*1,1/],
  ["slice beyond the end", () => slice(float(4), [2], [3]), /^slice .*\[4\].*2.*\[3\]/],
  ["slice before the beginning", () => slice(float(4), [-1], [2]), /^slice .*\[4\].*-1.*\[2\]/],
  ["slice of another rank", () => slice(float(4, 4), [0], [2]), /^slice .*\[4, 4\]/],
  ["pad by too few pairs", () => pad(float(2, 2), [[1, 1]]), /^pad .*\[2, 2\]/],
  ["pad by a negative number", () => pad(float(2), [[0, -1]]), /^pad .*\[2\].*-1/],
  ["pad of ints", () => pad(int(2), [[0, 1]]), /^pad .*int/],
  ["concat of nothing", () => concat([], 0), /^concat of nothing/],
  ["concat of unlike shapes", () => concat([float(2, 3), float(2, 4)], 0), /^concat .*\[2, 3\].*\[2, 4\].*0/],
  ["concat of unlike types", () => concat([float(2), int(2)], 0), /^concat .*float \[2\], int \[2\]/],
  ["concat along no axis", () => concat([float(2)], 1), /^concat .*\[2\].*1/],
  ["matmul of unlike inner sizes", () => matmul(float(2, 3), float(4, 5)), /^matmul .*\[2, 3\].*\[4, 5\]/],
  ["matmul transposed", () => matmul(float(2, 3), float(3, 5), true), /^matmul .*\[2, 3\].*\[3, 5\].*transposeA/],
  ["matmul of vectors", () => matmul(float(3), float(3)), /^matmul .*\[3\]/],
  ["matmul of ints", () => matmul(int(2, 2), int(2, 2)), /^matmul .*int \[2, 2\]/],
  [
    "matmul of unlike pairs",
    () =>
      createValue(matmulPrimitive, [float(2, 3), float(3, 2), float(2, 4), float(4, 2)], {
        transposeA: false,
        transposeB: false,
      }),
    /^matmul .*\[2, 4\], .*\[4, 2\]/,
  ],
  [
    "conv2d of unlike channels",
    () => conv2d(float(1, 4, 4, 2), float(3, 3, 3, 8), plain),
    /^conv2d .*\[1, 4, 4, 2\].*\[3, 3, 3, 8\]/,
  ],
  [
    "conv2d of a filter too large",
    () => conv2d(float(1, 2, 2, 1), float(3, 3, 1, 1), plain),
    /^conv2d .*\[1, 2, 2, 1\]/,
  ],
  ["conv2d of a matrix", () => conv2d(float(4, 4), float(3, 3, 1, 1), plain), /^conv2d .*\[4, 4\]/],
  [
    "conv2d with stride 0",
    () => conv2d(float(1, 4, 4, 1), float(3, 3, 1, 1), { ...plain, strides: [1, 0] }),
    /^conv2d .*"strides":\[1,0\]/,
  ],
  [
    "conv2d with a negative border",
    () =>
      conv2d(float(1, 4, 4, 1), float(1, 1, 1, 1), {
        ...plain,
        padding: [
          [0, 0],
          [-1, 0],
        ],
      }),
    /^conv2d .*"padding":\[\[0,0\],\[-1,0\]\]/,
  ],
  [
    "conv2d of an odd number of operands",
    () => createValue(conv2dPrimitive, [float(1, 4, 4, 1)], plain),
    /^conv2d .*\[1, 4, 4, 1\]/,
  ],
  [
    "conv2dInputGrad of another output size",
    () => conv2dInputGrad(float(1, 3, 3, 8), float(3, 3, 2, 8), plain, [4, 4]),
    /^conv2dInputGrad .*\[1, 3, 3, 8\].*\[3, 3, 2, 8\]/,
  ],
  [
    "conv2dFilterGrad of another batch",
    () => conv2dFilterGrad(float(2, 4, 4, 1), float(1, 2, 2, 1), plain, [3, 3]),
    /^conv2dFilterGrad .*\[2, 4, 4, 1\].*\[1, 2, 2, 1\]/,
  ],
  [
    "conv2dFilterGrad of no pairs",
    () => createValue(conv2dFilterGradPrimitive, [], { ...plain, filterSize: [3, 3] }),
    /^conv2dFilterGrad of nothing/,
  ],
  [
    "poolArgmax of a window too large",
    () => poolArgmax(float(1, 1, 4, 1), window),
    /^poolArgmax .*\[1, 1, 4, 1\].*2,2/,
  ],
  ["poolArgmax of ints", () => poolArgmax(int(1, 4, 4, 1), window), /^poolArgmax .*int/],
  [
    "poolArgmax with stride 0",
    () => poolArgmax(float(1, 4, 4, 1), { ...window, strides: [0, 1] }),
    /^poolArgmax .*0,1/,
  ],
  [
    "poolArgmax of an empty window",
    () => poolArgmax(float(1, 4, 4, 1), { ...window, window: [0, 2] }),
    /^poolArgmax .*0,2/,
  ],
  [
    "gatherWindow by another shape",
    () => gatherWindow(float(1, 4, 4, 1), int(1, 4, 4, 1), window),
    /^gatherWindow.*\[1, 4, 4, 1\].*\[1, 2, 2, 1\]/,
  ],
  ["gatherWindow by floats", () => gatherWindow(float(1, 4, 4, 1), float(1, 2, 2, 1), window), /^gatherWindow.*float/],
  [
    "scatterWindow into another size",
    () => scatterWindow(float(1, 2, 2, 1), int(1, 2, 2, 1), { ...window, inputSize: [6, 6] }),
    /^scatterWindow.*\[1, 2, 2, 1\].*\[1, 3, 3, 1\]/,
  ],
  [
    "imageBatch of floats",
    () => imageBatch(float(9, 3, 4, 4), int(2), int(2, 3), normalization),
    /^imageBatch .*float \[9, 3, 4, 4\]/,
  ],
  [
    "imageBatch with draws for another batch",
    () => imageBatch(of("byte", 9, 3, 4, 4), int(2), int(3, 3), normalization),
    /^imageBatch .*int \[3, 3\]/,
  ],
  ["takeLabels of floats", () => takeLabels(float(9), int(2)), /^takeLabels .*float \[9\]/],
  ["oneHot of floats", () => oneHot(float(2), 10), /^oneHot .*float/],
];

describe("a misfit", () => {
  it.each(misfits)("%s", (_, build, message) => {
    expect(build).toThrow(ShapeError);
    expect(build).toThrow(message);
  });
});

describe("a fit", () => {
  it("broadcasts a scalar beside a tensor", () => {
    for (const f of [add, subtract, multiply]) {
      expect(f(float(), float(2, 3)).type.shape).toEqual([2, 3]);
      expect(f(float(2, 3), 1).type.shape).toEqual([2, 3]);
    }
    expect(select(float(2, 3), constant(1), 0).type.shape).toEqual([2, 3]);
  });

  it("gives a convolution with a ragged edge the size of what fits", () => {
    const geometry = {
      strides: [2, 3],
      padding: [
        [1, 0],
        [0, 2],
      ],
    } as const;
    // ⌊(6 + 1 − 3)/2⌋ + 1 and ⌊(7 + 2 − 2)/3⌋ + 1.
    expect(conv2d(float(5, 6, 7, 2), float(3, 2, 2, 4), geometry).type.shape).toEqual([5, 3, 3, 4]);
  });

  it("keeps the type of ints and bytes that are only moved", () => {
    const moved = concat([slice(reshape(int(2, 3), [6]), [1], [4]), broadcast(int(), [2], [])], 0);
    expect(moved.type).toEqual({ dtype: "int", shape: [6] });
  });
});
