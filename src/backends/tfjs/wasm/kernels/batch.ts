/** Kernels that gather a batch from the resident data set. */
import { elementCount } from "../../../../tensor/program.ts";
import { type CreateKernel, inPlace } from "../kernel.ts";

export const imageBatch: CreateKernel<"imageBatch"> = ({ operands, attributes: { mean, standardDeviation }, type }) => {
  const imageSize = elementCount(operands[0].type.shape.slice(1));
  const [count, height, width, channels] = type.shape;
  const tables = mean.map((centre, c) =>
    Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - centre) / standardDeviation[c]),
  );
  return inPlace(({ module, operands: [pixels, indices, draws], result }) => () => {
    const { f32, i32, u8 } = module;
    for (let n = 0; n < count; n++) {
      const image = pixels + i32[indices / 4 + n] * imageSize;
      const [dy, dx, flip] = i32.subarray(draws / 4 + 3 * n, draws / 4 + 3 * n + 3);
      for (let c = 0; c < channels; c++) {
        const table = tables[c];
        for (let y = 0; y < height; y++) {
          const line = image + (c * height + y + dy) * width;
          const isRow = y + dy >= 0 && y + dy < height;
          let to = result / 4 + (n * height + y) * width * channels + c;
          for (let x = 0; x < width; x++, to += channels) {
            const column = (flip === 1 ? width - 1 - x : x) + dx;
            f32[to] = isRow && column >= 0 && column < width ? table[u8[line + column]] : 0;
          }
        }
      }
    }
  });
};

export const takeLabels: CreateKernel<"takeLabels"> = ({ type }) => {
  const count = elementCount(type.shape);
  return inPlace(({ module, operands: [labels, indices], result }) => () => {
    const { i32 } = module;
    for (let i = 0; i < count; i++) i32[result / 4 + i] = i32[labels / 4 + i32[indices / 4 + i]];
  });
};

export const oneHot: CreateKernel<"oneHot"> = ({ operands, attributes: { classes } }) => {
  const count = elementCount(operands[0].type.shape);
  return inPlace(({ module, operands: [labels], result }) => () => {
    const { f32, i32 } = module;
    f32.fill(0, result / 4, result / 4 + count * classes);
    for (let i = 0; i < count; i++) f32[result / 4 + i * classes + i32[labels / 4 + i]] = 1;
  });
};
