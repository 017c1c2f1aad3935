/** Pooling windows: where the largest element is, copies to and from there, and sums. */
import type { WindowAttributes } from "../../../tensor/primitives/index.ts";
import type { Shape } from "../../../tensor/program.ts";
import type { Kernel } from "../kernel.ts";

/** Visits every window and channel: its place in the pooled tensor and the offset in the image of its first element. */
function eachWindow(
  image: Shape,
  pooled: Shape,
  { strides }: WindowAttributes,
  visit: (position: number, firstOffset: number) => void,
): void {
  const [, height, width, channels] = image;
  const [batch, pooledHeight, pooledWidth] = pooled;
  let position = 0;
  for (let n = 0; n < batch; n++) {
    for (let py = 0; py < pooledHeight; py++) {
      for (let px = 0; px < pooledWidth; px++) {
        const first = ((n * height + py * strides[0]) * width + px * strides[1]) * channels;
        for (let c = 0; c < channels; c++) visit(position++, first + c);
      }
    }
  }
}

/** The distance in memory from a window's first element to its element `index`. */
const withinWindow = (index: number, [, , width, channels]: Shape, windowWidth: number) =>
  (Math.floor(index / windowWidth) * width + (index % windowWidth)) * channels;

export const poolArgmax: Kernel<"poolArgmax"> = ({ operands, attributes, type }, [x], result) => {
  const { shape } = operands[0].type;
  const [windowHeight, windowWidth] = attributes.window;
  eachWindow(shape, type.shape, attributes, (position, first) => {
    let best = 0;
    for (let i = 1; i < windowHeight * windowWidth; i++) {
      const isLarger =
        x[first + withinWindow(i, shape, windowWidth)] > x[first + withinWindow(best, shape, windowWidth)];
      if (isLarger) best = i;
    }
    result[position] = best;
  });
};

export const gatherWindow: Kernel<"gatherWindow"> = ({ operands, attributes, type }, [x, index], result) => {
  const { shape } = operands[0].type;
  eachWindow(shape, type.shape, attributes, (position, first) => {
    result[position] = x[first + withinWindow(index[position], shape, attributes.window[1])];
  });
};

export const scatterWindow: Kernel<"scatterWindow"> = ({ operands, attributes, type }, [y, index], result) => {
  eachWindow(type.shape, operands[0].type.shape, attributes, (position, first) => {
    result[first + withinWindow(index[position], type.shape, attributes.window[1])] += y[position];
  });
};

export const windowSum: Kernel<"windowSum"> = ({ operands, attributes, type }, [x], result) => {
  const { shape } = operands[0].type;
  const [height, width] = attributes.window;
  eachWindow(shape, type.shape, attributes, (position, first) => {
    for (let i = 0; i < height * width; i++) result[position] += x[first + withinWindow(i, shape, width)];
  });
};

export const spreadWindow: Kernel<"spreadWindow"> = ({ operands, attributes, type }, [y], result) => {
  const [height, width] = attributes.window;
  eachWindow(type.shape, operands[0].type.shape, attributes, (position, first) => {
    for (let i = 0; i < height * width; i++) result[first + withinWindow(i, type.shape, width)] += y[position];
  });
};
