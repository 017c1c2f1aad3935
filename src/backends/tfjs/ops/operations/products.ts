/** Matrix products, convolutions and their adjoints; lists of pairs are added up. */
import * as tf from "@tensorflow/tfjs-core";
import type { ConvGeometry } from "../../../../tensor/primitives/index.ts";
import type { Operation } from "../operation.ts";

/** Σ f(xᵢ, wᵢ) over the pairs of a list. */
function sumOverPairs(operands: readonly tf.Tensor[], f: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor): tf.Tensor {
  let total = f(operands[0], operands[1]);
  for (let i = 2; i < operands.length; i += 2) total = tf.add(total, f(operands[i], operands[i + 1]));
  return total;
}

/** The attributes of tfjs's convolution kernels. */
const kernelAttributes = ({ strides, padding }: ConvGeometry) => ({
  strides: [...strides],
  pad: [[0, 0], ...padding.map(([before, after]) => [before, after]), [0, 0]],
  dataFormat: "NHWC",
  dimRoundingMode: "floor",
});

const runKernel = (name: string, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor =>
  tf.engine().runKernel<tf.Tensor>(name, inputs, { ...attributes });

export const matmul: Operation<"matmul"> = ({ attributes: { transposeA, transposeB } }, operands) =>
  sumOverPairs(operands, (a, b) => tf.matMul(a, b, transposeA, transposeB));

export const conv2d: Operation<"conv2d"> = ({ attributes }, operands) =>
  sumOverPairs(operands, (x, filter) =>
    runKernel(tf.Conv2D, { x, filter }, { ...kernelAttributes(attributes), dilations: [1, 1] }),
  );

export const conv2dInputGrad: Operation<"conv2dInputGrad"> = ({ attributes, type }, operands) =>
  sumOverPairs(operands, (dy, filter) =>
    runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...kernelAttributes(attributes), inputShape: [...type.shape] }),
  );

export const conv2dFilterGrad: Operation<"conv2dFilterGrad"> = ({ attributes, type }, operands) =>
  sumOverPairs(operands, (x, dy) =>
    runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...kernelAttributes(attributes), filterShape: [...type.shape] }),
  );
