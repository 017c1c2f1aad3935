/**
 * Filter gradients as matrix products: for every tap of the filter, the image shifted by it as a matrix [in, pixels] times
 * the output's cotangent [pixels, out]. Pixels are ordered (y, x, image), so that a shift moves long runs. A few images at
 * a time: the products' float32 sums stay short, and the rounding of long ones out of the gradient.
 */
import type { CreateKernel, KernelSite } from "../kernel.ts";
import { MatrixProduct } from "../matrix-product.ts";
import { addRun, copyRun } from "./copies.ts";

/** Longest sum that a product does in one float32 accumulator. */
const maxInner = 4096;

interface Problem {
  readonly image: readonly [number, number, number];
  readonly output: readonly [number, number, number];
  readonly filter: readonly [number, number];
  readonly strides: readonly [number, number];
  /** [top, left] */
  readonly padding: readonly [number, number];
  /** Images at a time. */
  readonly images: number;
}

export const conv2dFilterGrad: CreateKernel<"conv2dFilterGrad"> = ({ operands, attributes }) => {
  const [batch, height, width, inputs] = operands[0].type.shape;
  const [, outputHeight, outputWidth, outputs] = operands[1].type.shape;
  const pixels = outputHeight * outputWidth;
  const problem: Problem = {
    image: [height, width, inputs],
    output: [outputHeight, outputWidth, outputs],
    filter: attributes.filterSize,
    strides: attributes.strides,
    padding: [attributes.padding[0][0], attributes.padding[1][0]],
    images: Math.min(batch, Math.max(1, Math.floor(maxInner / pixels))),
  };
  const { images } = problem;
  const floats = [
    height * width * inputs * images,
    pixels * outputs * images,
    inputs * pixels * images,
    inputs * outputs,
  ];
  return {
    scratchBytes: 4 * floats.reduce((total, count) => total + count, 0),
    prepare(site) {
      const room = floats.map(
        (_, i) => site.scratch + 4 * floats.slice(0, i).reduce((total, count) => total + count, 0),
      );
      const [turnedImage, turnedCotangent, shifted, term] = room;
      const products = new Map<number, MatrixProduct>();
      const productOf = (count: number) => {
        const known = products.get(count) ?? createProduct(site, count * pixels, outputs, turnedCotangent);
        products.set(count, known);
        return known;
      };
      return () => {
        for (let pair = 0; pair < operands.length; pair += 2) {
          for (let from = 0; from < batch; from += images) {
            const count = Math.min(images, batch - from);
            const image = site.operands[pair] / 4 + from * height * width * inputs;
            const cotangent = site.operands[pair + 1] / 4 + from * pixels * outputs;
            pixelsFirst(site.module.f32, image, count, height * width, inputs, turnedImage / 4);
            imagesInside(site.module.f32, cotangent, count, pixels, outputs, turnedCotangent / 4);
            const isFirst = pair === 0 && from === 0;
            productOf(count).run((multiply) => {
              for (let tap = 0; tap < problem.filter[0] * problem.filter[1]; tap++) {
                const out = site.result + 4 * tap * inputs * outputs;
                shift(site.module.f32, problem, tap, count, turnedImage / 4, shifted / 4);
                multiply(shifted, inputs, isFirst ? out : term);
                if (!isFirst) addRun(site.module.f32, term / 4, out / 4, inputs * outputs);
              }
            });
          }
        }
      };
    },
  };
};

const createProduct = (site: KernelSite, inner: number, columns: number, address: number) =>
  new MatrixProduct(site, inner, columns, { address, version: null });

/** [count, pixels, channels] → [channels, pixels, count]. */
function pixelsFirst(
  heap: Float32Array,
  source: number,
  count: number,
  pixels: number,
  channels: number,
  target: number,
): void {
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = source + pixel * channels + channel;
      const to = target + (channel * pixels + pixel) * count;
      for (let n = 0; n < count; n++) heap[to + n] = heap[from + n * pixels * channels];
    }
  }
}

/** [count, pixels, channels] → [pixels, count, channels]. */
function imagesInside(
  heap: Float32Array,
  source: number,
  count: number,
  pixels: number,
  channels: number,
  target: number,
): void {
  for (let n = 0; n < count; n++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      copyRun(heap, source + (n * pixels + pixel) * channels, target + (pixel * count + n) * channels, channels);
    }
  }
}

/** The image [in, h, w, count] as the filter's tap sees it from each output pixel: [in, h', w', count]. */
function shift(
  heap: Float32Array,
  { image: [height, width, inputs], output: [outputHeight, outputWidth], filter, strides, padding }: Problem,
  tap: number,
  count: number,
  source: number,
  target: number,
): void {
  const [top, left] = [Math.floor(tap / filter[1]) - padding[0], (tap % filter[1]) - padding[1]];
  const first = Math.min(outputWidth, Math.max(0, Math.ceil(-left / strides[1])));
  const last = Math.max(first, Math.min(outputWidth, Math.floor((width - 1 - left) / strides[1]) + 1));
  const lineLength = outputWidth * count;
  let out = target;
  for (let channel = 0; channel < inputs; channel++) {
    for (let oy = 0; oy < outputHeight; oy++, out += lineLength) {
      const y = oy * strides[0] + top;
      if (y < 0 || y >= height) {
        heap.fill(0, out, out + lineLength);
        continue;
      }
      if (first > 0) heap.fill(0, out, out + first * count);
      if (last < outputWidth) heap.fill(0, out + last * count, out + lineLength);
      const line = source + (channel * height + y) * width * count;
      if (strides[1] === 1) copyRun(heap, line + (first + left) * count, out + first * count, (last - first) * count);
      else {
        for (let ox = first; ox < last; ox++) {
          copyRun(heap, line + (ox * strides[1] + left) * count, out + ox * count, count);
        }
      }
    }
  }
}
