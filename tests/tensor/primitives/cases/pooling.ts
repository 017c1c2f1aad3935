/** Windows that overlap, abut or leave gaps and edges; the index is the argmax of an image of distinct numbers. */
import fc from "fast-check";
import {
  gatherWindow,
  poolArgmax,
  scatterWindow,
  spreadWindow,
  type WindowAttributes,
  windowSum,
} from "../../../../src/tensor/primitives/index.ts";
import { type Cases, centred, size } from "./case.ts";

const poolings = fc
  .record({
    image: fc.tuple(size(1, 2), size(1, 6), size(1, 6), size(1, 2)),
    window: fc.tuple(size(1, 3), size(1, 3)),
    strides: fc.tuple(size(1, 3), size(1, 3)),
  })
  .filter(({ image, window }) => image[1] >= window[0] && image[2] >= window[1])
  .map(({ image, window, strides }) => {
    const attributes: WindowAttributes = { window, strides };
    const along = (axis: 0 | 1) => Math.floor((image[1 + axis] - window[axis]) / strides[axis]) + 1;
    return { image, attributes, pooled: [image[0], along(0), along(1), image[3]] };
  });

export const poolingCases = {
  gatherWindow: poolings.map(({ image, attributes }) => ({
    inputs: [{ shape: image, sampler: "distinct" }],
    build: ([x]) => gatherWindow(x, poolArgmax(x, attributes), attributes),
  })),
  scatterWindow: poolings.map(({ image, attributes, pooled }) => ({
    inputs: [centred(pooled), { shape: image, sampler: "distinct" }],
    build: ([y, x]) => scatterWindow(y, poolArgmax(x, attributes), { ...attributes, inputSize: [image[1], image[2]] }),
  })),
  windowSum: poolings.map(({ image, attributes }) => ({
    inputs: [centred(image)],
    build: ([x]) => windowSum(x, attributes),
  })),
  spreadWindow: poolings.map(({ image, attributes, pooled }) => ({
    inputs: [centred(pooled)],
    build: ([y]) => spreadWindow(y, { ...attributes, inputSize: [image[1], image[2]] }),
  })),
} satisfies Record<string, Cases>;
