/** Max-pooling: position of the largest element of every window, and copies from and to there. */
import type { WindowAttributes } from "../../../../tensor/primitives/index.ts";
import type { Shape } from "../../../../tensor/program.ts";
import { type CreateKernel, inPlace } from "../kernel.ts";

/** Calls `visit` for every window of a line of images: its first position in the pooled tensor, and in the image. */
function eachPixel(
  image: Shape,
  pooled: Shape,
  { strides }: WindowAttributes,
  visit: (pooledStart: number, imageStart: number) => void,
): void {
  const [, height, width, channels] = image;
  const [batch, pooledHeight, pooledWidth] = pooled;
  for (let n = 0; n < batch; n++) {
    for (let y = 0; y < pooledHeight; y++) {
      for (let x = 0; x < pooledWidth; x++) {
        const pooledStart = ((n * pooledHeight + y) * pooledWidth + x) * channels;
        visit(pooledStart, ((n * height + y * strides[0]) * width + x * strides[1]) * channels);
      }
    }
  }
}

/** From a window's first element to its others, by their position in the window. */
function windowOffsets([windowHeight, windowWidth]: readonly [number, number], image: Shape): Int32Array {
  const [, , width, channels] = image;
  return Int32Array.from({ length: windowHeight * windowWidth }, (_, i) => {
    return (Math.floor(i / windowWidth) * width + (i % windowWidth)) * channels;
  });
}

export const poolArgmax: CreateKernel<"poolArgmax"> = ({ operands, attributes, type }) => {
  const image = operands[0].type.shape;
  const offsets = windowOffsets(attributes.window, image);
  return inPlace(({ module, operands: [x], result }) => () => {
    const { f32, i32 } = module;
    const channels = image[3];
    eachPixel(image, type.shape, attributes, (pooledStart, imageStart) => {
      const from = x / 4 + imageStart;
      const to = result / 4 + pooledStart;
      for (let c = 0; c < channels; c++) {
        let best = 0;
        let largest = f32[from + c];
        for (let i = 1; i < offsets.length; i++) {
          const candidate = f32[from + c + offsets[i]];
          if (candidate > largest) {
            largest = candidate;
            best = i;
          }
        }
        i32[to + c] = best;
      }
    });
  });
};

export const gatherWindow: CreateKernel<"gatherWindow"> = ({ operands, attributes, type }) => {
  const image = operands[0].type.shape;
  const offsets = windowOffsets(attributes.window, image);
  return inPlace(({ module, operands: [x, index], result }) => () => {
    const { i32 } = module;
    const channels = image[3];
    eachPixel(image, type.shape, attributes, (pooledStart, imageStart) => {
      const from = x / 4 + imageStart;
      const [indexStart, to] = [index / 4 + pooledStart, result / 4 + pooledStart];
      for (let c = 0; c < channels; c++) i32[to + c] = i32[from + c + offsets[i32[indexStart + c]]];
    });
  });
};

export const scatterWindow: CreateKernel<"scatterWindow"> = ({ operands, attributes, type }) => {
  const pooled = operands[0].type.shape;
  const offsets = windowOffsets(attributes.window, type.shape);
  const count = type.shape.reduce((product, size) => product * size, 1);
  return inPlace(({ module, operands: [y, index], result }) => () => {
    const { f32, i32 } = module;
    const channels = pooled[3];
    f32.fill(0, result / 4, result / 4 + count);
    eachPixel(type.shape, pooled, attributes, (pooledStart, imageStart) => {
      const to = result / 4 + imageStart;
      const [from, indexStart] = [y / 4 + pooledStart, index / 4 + pooledStart];
      for (let c = 0; c < channels; c++) f32[to + c + offsets[i32[indexStart + c]]] += f32[from + c];
    });
  });
};
