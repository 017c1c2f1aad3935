/** Gathers a batch from the resident data set on the host, where bytes and indices are. */
import * as tf from "@tensorflow/tfjs-core";
import type { ValueOf } from "../../../../tensor/primitives/index.ts";
import type { Operation } from "../operation.ts";

export function imageBatch(
  { attributes: { mean, standardDeviation }, type }: ValueOf<"imageBatch">,
  pixels: Uint8Array,
  [indexTensor, drawTensor]: readonly tf.Tensor[],
): tf.Tensor {
  const [count, height, width, channels] = type.shape;
  const [indices, draws] = [indexTensor.dataSync(), drawTensor.dataSync()];
  const images = new Float32Array(count * height * width * channels);
  let position = 0;
  for (let n = 0; n < count; n++) {
    const [dy, dx, flip] = draws.slice(3 * n, 3 * n + 3);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const fromY = y + dy;
        const fromX = (flip === 1 ? width - 1 - x : x) + dx;
        const isInside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
        for (let c = 0; c < channels; c++, position++) {
          const byte = pixels[((indices[n] * channels + c) * height + fromY) * width + fromX];
          if (isInside) images[position] = (byte / 255 - mean[c]) / standardDeviation[c];
        }
      }
    }
  }
  return tf.tensor(images, [...type.shape]);
}

export const takeLabels: Operation<"takeLabels"> = ({ type }, [labels, indices]) => {
  const all = labels.dataSync();
  return tf.tensor(
    Array.from(indices.dataSync(), (i) => all[i]),
    [...type.shape],
    "int32",
  );
};

export const oneHot: Operation<"oneHot"> = ({ attributes: { classes } }, [labels]) =>
  tf.cast(tf.oneHot(labels, classes), "float32");
