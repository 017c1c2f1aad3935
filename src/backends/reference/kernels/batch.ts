/** Kernels that gather a batch from a resident data set. */
import { elementCount } from "../../../tensor/program.ts";
import type { Kernel } from "../kernel.ts";

export const imageBatch: Kernel<"imageBatch"> = ({ operands, attributes, type }, [pixels, indices, draws], result) => {
  const { mean, standardDeviation } = attributes;
  const imageSize = elementCount(operands[0].type.shape.slice(1));
  const [count, height, width, channels] = type.shape;
  let position = 0;
  for (let n = 0; n < count; n++) {
    const [dy, dx, flip] = draws.subarray(3 * n, 3 * n + 3);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const fromY = y + dy;
        const fromX = (flip === 1 ? width - 1 - x : x) + dx;
        const isInside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
        for (let c = 0; c < channels; c++) {
          const byte = pixels[indices[n] * imageSize + (c * height + fromY) * width + fromX];
          result[position++] = isInside ? (byte / 255 - mean[c]) / standardDeviation[c] : 0;
        }
      }
    }
  }
};

export const takeLabels: Kernel<"takeLabels"> = (_, [labels, indices], result) => {
  for (let i = 0; i < result.length; i++) result[i] = labels[indices[i]];
};

export const oneHot: Kernel<"oneHot"> = ({ attributes: { classes } }, [labels], result) => {
  for (let i = 0; i < labels.length; i++) result[i * classes + labels[i]] = 1;
};
