/** Bilinear primitives on one to three pairs. */
import fc from "fast-check";
import {
  type ConvGeometry,
  conv2dFilterGradPrimitive,
  conv2dInputGradPrimitive,
  conv2dPrimitive,
  convOutputSize,
  matmulPrimitive,
} from "../../../../src/tensor/primitives/index.ts";
import { createValue, type Shape } from "../../../../src/tensor/program.ts";
import { type Cases, centred, size } from "./case.ts";

const pairCount = size(1, 3);

const pairs = (count: number, first: Shape, second: Shape) =>
  Array.from({ length: 2 * count }, (_, i) => centred(i % 2 === 0 ? first : second));

/** Any filter that fits: borders unlike on all sides, and strides that leave a ragged edge. */
const convolutions = fc
  .record({
    batch: size(1, 2),
    inputSize: fc.tuple(size(1, 5), size(1, 5)),
    filterSize: fc.tuple(size(1, 3), size(1, 3)),
    strides: fc.tuple(size(1, 3), size(1, 3)),
    padding: fc.tuple(fc.tuple(size(0, 2), size(0, 2)), fc.tuple(size(0, 2), size(0, 2))),
    channels: fc.tuple(size(1, 2), size(1, 3)),
    count: pairCount,
  })
  .map(({ batch, inputSize, filterSize, strides, padding, channels, count }) => {
    const geometry: ConvGeometry = { strides, padding };
    const outputSize = convOutputSize(geometry, inputSize, filterSize);
    return {
      ...{ count, geometry, inputSize, filterSize, outputSize },
      image: [batch, ...inputSize, channels[0]],
      filter: [...filterSize, ...channels],
      output: [batch, ...outputSize, channels[1]],
    };
  })
  .filter(({ outputSize }) => outputSize.every((length) => length > 0));

const matmuls: Cases = fc
  .tuple(size(1, 4), size(1, 4), size(1, 4), fc.boolean(), fc.boolean(), pairCount)
  .map(([rows, inner, columns, transposeA, transposeB, count]) => ({
    inputs: pairs(count, transposeA ? [inner, rows] : [rows, inner], transposeB ? [columns, inner] : [inner, columns]),
    build: (operands) => createValue(matmulPrimitive, operands, { transposeA, transposeB }),
  }));

export const bilinearCases = {
  matmul: matmuls,
  conv2d: convolutions.map(({ count, image, filter, geometry }) => ({
    inputs: pairs(count, image, filter),
    build: (operands) => createValue(conv2dPrimitive, operands, geometry),
  })),
  conv2dInputGrad: convolutions.map(({ count, output, filter, geometry, inputSize }) => ({
    inputs: pairs(count, output, filter),
    build: (operands) => createValue(conv2dInputGradPrimitive, operands, { ...geometry, inputSize }),
  })),
  conv2dFilterGrad: convolutions.map(({ count, image, output, geometry, filterSize }) => ({
    inputs: pairs(count, image, output),
    build: (operands) => createValue(conv2dFilterGradPrimitive, operands, { ...geometry, filterSize }),
  })),
} satisfies Record<string, Cases>;
