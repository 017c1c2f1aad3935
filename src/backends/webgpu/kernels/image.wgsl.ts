/**
 * Operands that are images seen through a filter: no patch is ever written out; each tap reads the pixels it needs, and
 * zeros beyond the border.
 */
import { belowExtent, type OperandText, quad, units } from "./operand.wgsl.ts";
import type { ConvolutionProblem } from "./problem.ts";

const slidingFields = ({ strides, padding }: ConvolutionProblem) => ({
  strideY: strides[0],
  strideX: strides[1],
  padTop: padding[0][0],
  padLeft: padding[1][0],
});

/** Row = pixel of a grid `rowHeight` × `rowWidth`, k = taps × channels of the image that `locate` finds a pixel in. */
function pixelRows(channels: number, fields: Readonly<Record<string, number>>, locate: (slot: number) => string) {
  const vectorised = channels % 4 === 0;
  return {
    axis: "along k",
    vectorised,
    fields: { ...fields, inner: channels, pixelPitch: units(vectorised, channels) },
    setup: (slot, index) => `
let row${slot} = ${index};
let line${slot} = row${slot} / rowWidth;
let image${slot} = line${slot} / rowHeight;
let rowX${slot} = i32(row${slot} - line${slot} * rowWidth);
let rowY${slot} = i32(line${slot} - image${slot} * rowHeight);`,
    perTap: (slot) => `
${locate(slot)}
let pixel${slot} = (image${slot} * imageHeight + u32(y${slot})) * imageWidth + u32(x${slot});
let pixelAt${slot} = select(0u, pixel${slot} * pixelPitch, inside${slot});`,
    load: (slot, _, read) => {
      const value = vectorised
        ? read(`pixelAt${slot} + step`)
        : belowExtent(quad(false, `pixelAt${slot} + 4u * step`, read), "inner");
      return `select(vec4f(), ${value}, inside${slot})`;
    },
  } satisfies OperandText;
}

const within = (slot: number) => `u32(y${slot}) < imageHeight && u32(x${slot}) < imageWidth`;

/** A of the forward convolution: rows are output pixels, the image is x. */
export const imageRows = (problem: ConvolutionProblem): OperandText =>
  pixelRows(
    problem.inChannels,
    {
      ...slidingFields(problem),
      rowHeight: problem.outHeight,
      rowWidth: problem.outWidth,
      imageHeight: problem.inHeight,
      imageWidth: problem.inWidth,
    },
    (slot) => `
let y${slot} = rowY${slot} * i32(strideY) + i32(ky) - i32(padTop);
let x${slot} = rowX${slot} * i32(strideX) + i32(kx) - i32(padLeft);
let inside${slot} = ${within(slot)};`,
  );

/** A of the input gradient: rows are input pixels, the image is dy, read where y·stride + k − pad hits the row. */
export const cotangentRows = (problem: ConvolutionProblem): OperandText => {
  const dense = problem.strides[0] === 1 && problem.strides[1] === 1;
  return pixelRows(
    problem.outChannels,
    {
      ...slidingFields(problem),
      rowHeight: problem.inHeight,
      rowWidth: problem.inWidth,
      imageHeight: problem.outHeight,
      imageWidth: problem.outWidth,
    },
    dense
      ? (slot) => `
let y${slot} = rowY${slot} + i32(padTop) - i32(ky);
let x${slot} = rowX${slot} + i32(padLeft) - i32(kx);
let inside${slot} = ${within(slot)};`
      : (slot) => `
let up${slot} = rowY${slot} + i32(padTop) - i32(ky);
let left${slot} = rowX${slot} + i32(padLeft) - i32(kx);
let y${slot} = up${slot} / i32(strideY);
let x${slot} = left${slot} / i32(strideX);
let onGrid${slot} = up${slot} >= 0 && left${slot} >= 0 && y${slot} * i32(strideY) == up${slot} && x${slot} * i32(strideX) == left${slot};
let inside${slot} = onGrid${slot} && ${within(slot)};`,
  );
};

/**
 * A of the filter gradient: a quad across is four channels of x under one tap, k runs over output pixels. The loop keeps
 * `outLine` (image · outHeight + y), `outY`, `outX` of the pixel at hand and calls `pixelAdvance` after each.
 */
export function patchColumns(problem: ConvolutionProblem): OperandText {
  const vectorised = problem.inChannels % 4 === 0;
  const channel = (name: string, index: string) => `
let tap${name} = (${index}) / channels;
let channel${name} = ${index} - tap${name} * channels;
let dy${name} = i32(tap${name} / kernelWidth) - i32(padTop);
let dx${name} = i32(tap${name} % kernelWidth) - i32(padLeft);`;
  const element = (name: string, read: (index: string) => string, zero: string) => {
    const y = `u32(outY * i32(strideY) + dy${name})`;
    const x = `u32(outX * i32(strideX) + dx${name})`;
    const index = `((imageLine + ${y}) * imageWidth + ${x}) * channels + channel${name}`;
    const inside = `${y} < imageHeight && ${x} < imageWidth && outPixel < outPixels`;
    return `select(${zero}, ${read(index)}, ${inside})`;
  };
  return {
    axis: "across",
    vectorised,
    fields: {
      ...slidingFields(problem),
      channels: units(vectorised, problem.inChannels),
      kernelWidth: problem.kernelWidth,
      imageHeight: problem.inHeight,
      imageWidth: problem.inWidth,
      outHeight: problem.outHeight,
      outWidth: problem.outWidth,
      outPixels: problem.batch * problem.outHeight * problem.outWidth,
    },
    setup: (slot, index) =>
      vectorised
        ? channel(`${slot}`, index)
        : [0, 1, 2, 3]
            .map((e) => `let m${slot}_${e} = 4u * (${index}) + ${e}u;${channel(`${slot}_${e}`, `m${slot}_${e}`)}`)
            .join("\n"),
    load: (slot, _, read) =>
      vectorised
        ? element(`${slot}`, read, "vec4f()")
        : `vec4f(${[0, 1, 2, 3].map((e) => element(`${slot}_${e}`, read, "0.0")).join(", ")})`,
  };
}

/** Declares the pixel that `patchColumns` reads, numbered `first`. */
export const pixelStart = (first: string): string => `
var outPixel = ${first};
let firstLine = outPixel / outWidth;
var outX = i32(outPixel - firstLine * outWidth);
var outY = i32(firstLine % outHeight);
var imageLine = firstLine / outHeight * imageHeight;`;

/** Moves to the next output pixel in row-major order, without a division. */
export const pixelAdvance = `
outPixel++;
outX = select(outX + 1, 0, outX + 1 == i32(outWidth));
outY += select(0, 1, outX == 0);
imageLine += select(0u, imageHeight, outY == i32(outHeight));
outY = select(outY, 0, outY == i32(outHeight));`;
