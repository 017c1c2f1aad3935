/**
 * The opaque operations as numbers: what a convolution or matrix product is, apart from its data. Everything a kernel
 * needs to be chosen, tuned and launched follows from one of these. Not here: how it is computed (the other files).
 */
import type { ConvGeometry } from "../../../tensor/primitives/conv2d.ts";

/** Σᵢ over `pairs` of a convolution or one of its adjoints; sizes are always those of the forward convolution. */
export interface ConvolutionProblem extends ConvGeometry {
  /**
   * Operands x₁,w₁,x₂,w₂,… for `conv2d`; dy₁,w₁,… for `conv2dInputGrad`; x₁,dy₁,… for `conv2dFilterGrad`, with
   * x [batch, inHeight, inWidth, inChannels], w [kernelHeight, kernelWidth, inChannels, outChannels] and
   * dy [batch, outHeight, outWidth, outChannels].
   */
  readonly family: "conv2d" | "conv2dInputGrad" | "conv2dFilterGrad";
  readonly pairs: number;
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
}

/** Σᵢ op(aᵢ)·op(bᵢ) [rows, columns]; a is [rows, inner] or its transpose, b [inner, columns] or its transpose. */
export interface MatmulProblem {
  readonly family: "matmul";
  readonly pairs: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

export type KernelProblem = ConvolutionProblem | MatmulProblem;

/** Names a problem in tuning records; equal keys mean equal work. */
export function problemKey(problem: KernelProblem): string {
  if (problem.family === "matmul") {
    const { pairs, rows, inner, columns, transposeA, transposeB } = problem;
    return `matmul/${pairs}×${rows}×${inner}×${columns}${transposeA ? "/aᵀ" : ""}${transposeB ? "/bᵀ" : ""}`;
  }
  const { family, pairs, batch, inHeight, inWidth, inChannels, outChannels, kernelHeight, kernelWidth } = problem;
  const image = `${batch}×${inHeight}×${inWidth}×${inChannels}`;
  const [[top, bottom], [left, right]] = problem.padding;
  return `${family}/${pairs}×${image}→${outChannels}/${kernelHeight}×${kernelWidth}/stride ${problem.strides.join("×")}/pad ${top},${bottom},${left},${right}`;
}

/** Element counts of the two operands of a pair, and of the result. */
export function problemSizes(problem: KernelProblem): { operands: readonly [number, number]; result: number } {
  if (problem.family === "matmul") {
    const { rows, inner, columns } = problem;
    return { operands: [rows * inner, inner * columns], result: rows * columns };
  }
  const { batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, kernelHeight, kernelWidth } = problem;
  const x = batch * inHeight * inWidth * inChannels;
  const dy = batch * outHeight * outWidth * outChannels;
  const w = kernelHeight * kernelWidth * inChannels * outChannels;
  if (problem.family === "conv2d") return { operands: [x, w], result: dy };
  return problem.family === "conv2dInputGrad" ? { operands: [dy, w], result: x } : { operands: [x, dy], result: w };
}

/** A multiply-add counted as two. */
export function problemFlops(problem: KernelProblem): number {
  if (problem.family === "matmul") return 2 * problem.pairs * problem.rows * problem.inner * problem.columns;
  const { pairs, batch, outHeight, outWidth, inChannels, outChannels, kernelHeight, kernelWidth } = problem;
  return 2 * pairs * batch * outHeight * outWidth * kernelHeight * kernelWidth * inChannels * outChannels;
}
