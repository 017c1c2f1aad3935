/** Stock tfjs on its WebGPU backend, eager: plain operations, its momentum optimiser; no running statistics. */
import "@tensorflow/tfjs";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { tensorOf } from "../../../src/models/weights.ts";
import {
  blocks,
  type Contender,
  classes,
  epsilon,
  imageSize,
  learningRate,
  momentum,
  type StepProblem,
} from "./problem.ts";

async function selectWebgpu(): Promise<void> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("no WebGPU adapter");
  const { maxComputeWorkgroupStorageSize, maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const { maxComputeWorkgroupsPerDimension, maxComputeInvocationsPerWorkgroup } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize,
      maxBufferSize,
      maxComputeWorkgroupSizeX: adapter.limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup,
    },
  });
  tf.registerBackend("webgpu-bench", () => new WebGPUBackend(device, adapter.info));
  for (const kernel of tf.getKernelsForBackend("webgpu")) tf.registerKernel({ ...kernel, backendName: "webgpu-bench" });
  await tf.setBackend("webgpu-bench");
}

function batchNorm(x: tf.Tensor4D, scale: tf.Tensor1D, shift: tf.Tensor1D): tf.Tensor4D {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.batchNorm4d(x, mean as tf.Tensor1D, variance as tf.Tensor1D, shift, scale, epsilon);
}

export async function createTfjs({ model, weights, ...problem }: StepProblem): Promise<Contender> {
  await selectWebgpu();
  const { batchSize } = problem;
  const parameters = model.layout.entries.map((entry) =>
    tf.variable(tf.tensor(tensorOf(weights.theta, entry).slice(), [...entry.shape])),
  );
  const planes = tf.tensor4d(problem.images, [batchSize, 3, imageSize, imageSize]);
  const images = tf.transpose(planes, [0, 2, 3, 1]) as tf.Tensor4D;
  const targets = tf.oneHot(tf.tensor1d(problem.labels, "int32"), classes);
  const optimizer = tf.train.momentum(learningRate, momentum);

  const lossOf = (): tf.Scalar => {
    let next = 0;
    const take = <T extends tf.Tensor>() => parameters[next++] as tf.Tensor as T;
    let x = images;
    for (const convolutions of blocks) {
      for (let i = 0; i < convolutions; i++) {
        const [weight, bias] = [take<tf.Tensor4D>(), take<tf.Tensor1D>()];
        const convolved = tf.add(tf.conv2d(x, weight, 1, "same"), bias) as tf.Tensor4D;
        x = tf.relu(batchNorm(convolved, take(), take()));
      }
      x = tf.maxPool(x, 2, 2, "valid");
    }
    const [weight, bias] = [take<tf.Tensor2D>(), take<tf.Tensor1D>()];
    const logits = tf.add(tf.matMul(tf.reshape(x, [batchSize, -1]), tf.reshape(weight, [-1, classes])), bias);
    return tf.losses.softmaxCrossEntropy(targets, logits);
  };
  return {
    async step() {
      const loss = optimizer.minimize(lossOf, true);
      if (!loss) throw new Error("tfjs returned no loss");
      const [value] = await loss.data();
      loss.dispose();
      return value;
    },
  };
}
