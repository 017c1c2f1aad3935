/** Convolution and its adjoints: the same triples of (output pixel, filter tap, input pixel) read in three ways. */
import type { ConvGeometry } from "../../../tensor/primitives/index.ts";
import type { Shape } from "../../../tensor/program.ts";
import type { Kernel } from "../kernel.ts";

/** The shapes of a convolution: image [n, h, w, in], filter [kh, kw, in, out], output [n, h', w', out]. */
interface ConvShapes {
  readonly image: Shape;
  readonly filter: Shape;
  readonly output: Shape;
}

/** Visits every output pixel with every tap that meets the image there. Offsets are of the first channel of each. */
function eachTap(
  { image, filter, output }: ConvShapes,
  { strides, padding }: ConvGeometry,
  visit: (outputOffset: number, filterOffset: number, imageOffset: number) => void,
): void {
  const [batch, height, width, inChannels] = image;
  const [filterHeight, filterWidth, , outChannels] = filter;
  const [, outputHeight, outputWidth] = output;
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < outputHeight; oy++) {
      for (let ox = 0; ox < outputWidth; ox++) {
        const outputOffset = ((n * outputHeight + oy) * outputWidth + ox) * outChannels;
        for (let ky = 0; ky < filterHeight; ky++) {
          const y = oy * strides[0] - padding[0][0] + ky;
          if (y < 0 || y >= height) continue;
          for (let kx = 0; kx < filterWidth; kx++) {
            const x = ox * strides[1] - padding[1][0] + kx;
            if (x < 0 || x >= width) continue;
            const filterOffset = (ky * filterWidth + kx) * inChannels * outChannels;
            visit(outputOffset, filterOffset, ((n * height + y) * width + x) * inChannels);
          }
        }
      }
    }
  }
}

export const conv2d: Kernel<"conv2d"> = ({ operands, attributes, type }, contents, y) => {
  const shapes = { image: operands[0].type.shape, filter: operands[1].type.shape, output: type.shape };
  const [inChannels, outChannels] = shapes.filter.slice(2);
  for (let pair = 0; pair < contents.length; pair += 2) {
    const [x, w] = [contents[pair], contents[pair + 1]];
    eachTap(shapes, attributes, (outputOffset, filterOffset, imageOffset) => {
      for (let i = 0; i < inChannels; i++) {
        const row = filterOffset + i * outChannels;
        const factor = x[imageOffset + i];
        for (let o = 0; o < outChannels; o++) y[outputOffset + o] += factor * w[row + o];
      }
    });
  }
};

export const conv2dInputGrad: Kernel<"conv2dInputGrad"> = ({ operands, attributes, type }, contents, dx) => {
  const shapes = { image: type.shape, filter: operands[1].type.shape, output: operands[0].type.shape };
  const [inChannels, outChannels] = shapes.filter.slice(2);
  for (let pair = 0; pair < contents.length; pair += 2) {
    const [dy, w] = [contents[pair], contents[pair + 1]];
    eachTap(shapes, attributes, (outputOffset, filterOffset, imageOffset) => {
      for (let i = 0; i < inChannels; i++) {
        const row = filterOffset + i * outChannels;
        let total = dx[imageOffset + i];
        for (let o = 0; o < outChannels; o++) total += dy[outputOffset + o] * w[row + o];
        dx[imageOffset + i] = total;
      }
    });
  }
};

export const conv2dFilterGrad: Kernel<"conv2dFilterGrad"> = ({ operands, attributes, type }, contents, dw) => {
  const shapes = { image: operands[0].type.shape, filter: type.shape, output: operands[1].type.shape };
  const [inChannels, outChannels] = shapes.filter.slice(2);
  for (let pair = 0; pair < contents.length; pair += 2) {
    const [x, dy] = [contents[pair], contents[pair + 1]];
    eachTap(shapes, attributes, (outputOffset, filterOffset, imageOffset) => {
      for (let i = 0; i < inChannels; i++) {
        const row = filterOffset + i * outChannels;
        const factor = x[imageOffset + i];
        for (let o = 0; o < outChannels; o++) dw[row + o] += factor * dy[outputOffset + o];
      }
    });
  }
};
