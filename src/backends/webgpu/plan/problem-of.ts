/** The kernel problem that an opaque value poses. */
import { asAny } from "../../../tensor/primitives/index.ts";
import { matmulSize } from "../../../tensor/primitives/matmul.ts";
import type { Value } from "../../../tensor/program.ts";
import { ProgramError } from "../../backend.ts";
import type { KernelProblem } from "../kernels/problem.ts";

export function problemOf(opaque: Value): KernelProblem {
  const value = asAny(opaque);
  const [a, b] = value.operands.map(({ type }) => type.shape);
  const pairs = value.operands.length / 2;
  switch (value.primitive.name) {
    case "matmul": {
      const { transposeA, transposeB } = value.attributes as { transposeA: boolean; transposeB: boolean };
      return { family: "matmul", pairs, ...matmulSize(a, b, { transposeA, transposeB }), transposeA, transposeB };
    }
    case "conv2d":
      return convolution("conv2d", value, a, value.type.shape, b, pairs);
    case "conv2dInputGrad":
      return convolution("conv2dInputGrad", value, value.type.shape, a, b, pairs);
    case "conv2dFilterGrad":
      return convolution("conv2dFilterGrad", value, a, b, value.type.shape, pairs);
    default:
      throw new ProgramError(`${value.primitive.name} has no kernel of its own`);
  }
}

/** `x`, `y` and `w` are the shapes of the forward convolution's image, result and filter. */
function convolution(
  family: "conv2d" | "conv2dInputGrad" | "conv2dFilterGrad",
  value: Value,
  x: readonly number[],
  y: readonly number[],
  w: readonly number[],
  pairs: number,
): KernelProblem {
  const { strides, padding } = value.attributes as Pick<KernelProblem & { family: "conv2d" }, "strides" | "padding">;
  return {
    family,
    pairs,
    strides,
    padding,
    batch: x[0],
    inHeight: x[1],
    inWidth: x[2],
    inChannels: x[3],
    outHeight: y[1],
    outWidth: y[2],
    outChannels: y[3],
    kernelHeight: w[0],
    kernelWidth: w[1],
  };
}
