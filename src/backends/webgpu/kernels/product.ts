/** Every opaque operation as one matrix product C = A·B: its sizes, and how its operands are read. */
import { cotangentRows, imageRows, patchColumns } from "./image.wgsl.ts";
import { acrossMatrix, alongMatrix } from "./matrix.wgsl.ts";
import type { OperandText } from "./operand.wgsl.ts";
import type { ConvolutionProblem, KernelProblem, MatmulProblem } from "./problem.ts";

export interface Product {
  readonly rows: number;
  readonly columns: number;
  /** k runs over `inner` elements under each of `taps` parts of a filter. */
  readonly taps: number;
  readonly inner: number;
  readonly a: OperandText;
  readonly b: OperandText;
  /** What k runs over: elements under each filter tap, or output pixels. */
  readonly loop: "taps" | "pixels";
}

export function asProduct(problem: KernelProblem): Product {
  switch (problem.family) {
    case "conv2d":
      return forward(problem);
    case "conv2dInputGrad":
      return inputGradient(problem);
    case "conv2dFilterGrad":
      return filterGradient(problem);
    case "matmul":
      return matmul(problem);
  }
}

const tapsOf = ({ kernelHeight, kernelWidth }: ConvolutionProblem) => kernelHeight * kernelWidth;

const forward = (problem: ConvolutionProblem): Product => ({
  rows: problem.batch * problem.outHeight * problem.outWidth,
  columns: problem.outChannels,
  taps: problem.kernelHeight,
  inner: problem.kernelWidth * problem.inChannels,
  a: imageRows(problem),
  b: acrossMatrix("b", problem.kernelWidth * problem.inChannels, problem.outChannels),
  loop: "taps",
});

const inputGradient = (problem: ConvolutionProblem): Product => ({
  rows: problem.batch * problem.inHeight * problem.inWidth,
  columns: problem.inChannels,
  taps: tapsOf(problem),
  inner: problem.outChannels,
  a: cotangentRows(problem),
  b: alongMatrix("b", problem.outChannels, problem.inChannels),
  loop: "taps",
});

function filterGradient(problem: ConvolutionProblem): Product {
  const pixels = problem.batch * problem.outHeight * problem.outWidth;
  return {
    rows: tapsOf(problem) * problem.inChannels,
    columns: problem.outChannels,
    taps: 1,
    inner: pixels,
    a: patchColumns(problem),
    b: acrossMatrix("b", pixels, problem.outChannels),
    loop: "pixels",
  };
}

const matmul = ({ rows, inner, columns, transposeA, transposeB }: MatmulProblem): Product => ({
  rows,
  columns,
  taps: 1,
  inner,
  a: transposeA ? acrossMatrix("a", inner, rows) : alongMatrix("a", inner, rows),
  b: transposeB ? alongMatrix("b", inner, columns) : acrossMatrix("b", inner, columns),
  loop: "taps",
});
