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

/** The pixel of a grid `rowHeight` × `rowWidth` that a row of A stands for. */
const pixelOfRow = (slot: number, index: string) => `
let row${slot} = ${index};
let line${slot} = row${slot} / rowWidth;
let image${slot} = line${slot} / rowHeight;
let rowX${slot} = i32(row${slot} - line${slot} * rowWidth);
let rowY${slot} = i32(line${slot} - image${slot} * rowHeight);`;

/**
 * A of the forward convolution: rows are output pixels. One tap is a whole row of the filter: under it the pixels of x
 * lie side by side, so k runs over `kernelWidth` · channels neighbouring elements, zero outside the image's line.
 */
export function imageRows(problem: ConvolutionProblem): OperandText {
  const vectorised = problem.inChannels % 4 === 0;
  const pixel = units(vectorised, problem.inChannels);
  const element = (slot: number, offset: string, read: (index: string) => string, zero: string) =>
    `select(${zero}, ${read(`lineAt${slot} + ${offset}`)}, ${offset} < lineEnd${slot})`;
  return {
    axis: "along k",
    vectorised,
    fields: {
      ...slidingFields(problem),
      rowHeight: problem.outHeight,
      rowWidth: problem.outWidth,
      imageHeight: problem.inHeight,
      lineLength: problem.inWidth * pixel,
      pixel,
      inner: problem.kernelWidth * problem.inChannels,
    },
    setup: (slot, index) => `${pixelOfRow(slot, index)}
let lineStart${slot} = u32((rowX${slot} * i32(strideX) - i32(padLeft)) * i32(pixel));`,
    perTap: (slot) => `
let y${slot} = u32(rowY${slot} * i32(strideY) + i32(tap) - i32(padTop));
let lineAt${slot} = (image${slot} * imageHeight + y${slot}) * lineLength;
let lineEnd${slot} = select(0u, lineLength, y${slot} < imageHeight);`,
    load: (slot, _, read) =>
      vectorised
        ? element(slot, `(lineStart${slot} + step)`, read, "vec4f()")
        : belowExtent(
            `vec4f(${[0, 1, 2, 3].map((e) => element(slot, `(lineStart${slot} + 4u * step + ${e}u)`, read, "0.0"))})`,
            "inner",
          ),
  };
}

/** A of the input gradient: rows are input pixels; dy is read where y·stride + k − pad hits the row. */
export function cotangentRows(problem: ConvolutionProblem): OperandText {
  const vectorised = problem.outChannels % 4 === 0;
  const dense = problem.strides[0] === 1 && problem.strides[1] === 1;
  return {
    axis: "along k",
    vectorised,
    fields: {
      ...slidingFields(problem),
      kernelWidth: problem.kernelWidth,
      rowHeight: problem.inHeight,
      rowWidth: problem.inWidth,
      imageHeight: problem.outHeight,
      imageWidth: problem.outWidth,
      pixel: units(vectorised, problem.outChannels),
      inner: problem.outChannels,
    },
    setup: pixelOfRow,
    perTap: (slot) => `
let up${slot} = rowY${slot} + i32(padTop) - i32(tap / kernelWidth);
let left${slot} = rowX${slot} + i32(padLeft) - i32(tap % kernelWidth);
${
  dense
    ? `let y${slot} = u32(up${slot}); let x${slot} = u32(left${slot});`
    : `let y${slot} = u32(max(up${slot}, 0)) / strideY; let x${slot} = u32(max(left${slot}, 0)) / strideX;`
}
let inside${slot} = (y${slot} < imageHeight) & (x${slot} < imageWidth)${
      dense ? "" : ` & (i32(y${slot} * strideY) == up${slot}) & (i32(x${slot} * strideX) == left${slot})`
    };
let pixelAt${slot} = ((image${slot} * imageHeight + y${slot}) * imageWidth + x${slot}) * pixel;`,
    load: (slot, _, read) => {
      const value = vectorised
        ? read(`pixelAt${slot} + step`)
        : belowExtent(quad(false, `pixelAt${slot} + 4u * step`, read), "inner");
      return `select(vec4f(), ${value}, inside${slot})`;
    },
  };
}

/**
 * A of the filter gradient: a quad across is four channels of x under one tap; k runs over output pixels. The loop
 * around it keeps the current pixel by `pixelStart` and `pixelAdvance`.
 */
export function patchColumns(problem: ConvolutionProblem): OperandText {
  const vectorised = problem.inChannels % 4 === 0;
  const channel = (name: string, index: string) => `
let tap${name} = (${index}) / pixel;
let dy${name} = i32(tap${name} / kernelWidth) - i32(padTop);
let dx${name} = i32(tap${name} % kernelWidth) - i32(padLeft);
let offset${name} = u32((dy${name} * i32(imageWidth) + dx${name}) * i32(pixel)) + ${index} % pixel;`;
  const element = (name: string, read: (index: string) => string, zero: string) =>
    `select(${zero}, ${read(`pixelAt + offset${name}`)}, (u32(pixelY + dy${name}) < imageHeight) & (u32(pixelX + dx${name}) < imageWidth))`;
  return {
    axis: "across",
    vectorised,
    fields: {
      ...slidingFields(problem),
      pixel: units(vectorised, problem.inChannels),
      kernelWidth: problem.kernelWidth,
      imageHeight: problem.inHeight,
      imageWidth: problem.inWidth,
      outWidth: problem.outWidth,
      outHeight: problem.outHeight,
      inner: problem.batch * problem.outHeight * problem.outWidth,
    },
    setup: (slot, index) =>
      vectorised
        ? channel(`${slot}`, index)
        : [0, 1, 2, 3].map((e) => channel(`${slot}_${e}`, `(4u * ${index} + ${e}u)`)).join("\n"),
    load: (slot, _, read) =>
      vectorised
        ? element(`${slot}`, read, "vec4f()")
        : `vec4f(${[0, 1, 2, 3].map((e) => element(`${slot}_${e}`, read, "0.0")).join(", ")})`,
  };
}

const pixelIndex = "((imageLine + u32(pixelY)) * imageWidth + u32(pixelX)) * pixel";

/** Declares the current output pixel, numbered `first`, by the pixel of x under its first tap but for the padding. */
export const pixelStart = (first: string): string => `
var outPixel = ${first};
let firstLine = outPixel / outWidth;
let firstImage = firstLine / outHeight;
var pixelX = i32((outPixel - firstLine * outWidth) * strideX);
var pixelY = i32((firstLine - firstImage * outHeight) * strideY);
var imageLine = firstImage * imageHeight;
var pixelAt = ${pixelIndex};`;

/** Moves to the next output pixel in row-major order, without a division; past the last, out of every image. */
export const pixelAdvance = `
outPixel++;
pixelX += i32(strideX);
let lineEnd = pixelX == i32(outWidth * strideX);
pixelX = select(pixelX, 0, lineEnd);
pixelY += select(0, i32(strideY), lineEnd);
let imageEnd = pixelY == i32(outHeight * strideY);
pixelY = select(pixelY, 0, imageEnd);
imageLine += select(0u, imageHeight, imageEnd);
pixelY = select(pixelY, -0x40000000, outPixel == inner);
pixelAt = ${pixelIndex};`;
