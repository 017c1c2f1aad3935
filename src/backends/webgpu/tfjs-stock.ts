/**
 * VGG with BatchNorm trained by stock tfjs on its own WebGPU backend: the other side of the page's benchmark, and no part
 * of the engine. Written as a user of tfjs would: eager operations, `tf.grads` through its momentum optimiser, no running
 * statistics. It has a device of its own, so that nothing it does can disturb Basin's.
 */
import * as tf from "@tensorflow/tfjs";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { acquireDevice } from "./device.ts";

export interface StockProblem {
  /**
   * Parameters in the model's order: for each convolution filters HWIO, bias, scale, shift; then the dense weights and
   * bias.
   */
  readonly parameters: readonly { readonly shape: readonly number[]; readonly data: Float32Array }[];
  /** Convolutions before each pooling. */
  readonly blocks: readonly number[];
  /** [n, channels, height, width] */
  readonly images: { readonly shape: readonly [number, number, number, number]; readonly data: Float32Array };
  /** [n] */
  readonly labels: Int32Array;
  readonly classes: number;
  readonly learningRate: number;
  readonly momentum: number;
}

export interface StockTraining {
  /** One step; resolves with the loss before it, once it is on the host. */
  step(): Promise<number>;
  /** The loss alone. */
  evaluate(): Promise<number>;
  dispose(): void;
}

const epsilon = 1e-5;

/** Throws BackendUnavailableError where there is no WebGPU. */
export async function createStockTraining(problem: StockProblem): Promise<StockTraining> {
  const { device, facts } = await acquireDevice();
  tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(device, device.adapterInfo));
  if (!(await tf.setBackend("webgpu"))) throw new Error(`tfjs does not start on ${facts.description || facts.vendor}.`);
  const { classes, blocks } = problem;
  const parameters = problem.parameters.map(({ shape, data }) => tf.variable(tf.tensor(data.slice(), [...shape])));
  const planes = tf.tensor4d(problem.images.data, [...problem.images.shape]);
  const images: tf.Tensor4D = tf.transpose(planes, [0, 2, 3, 1]);
  const targets = tf.oneHot(tf.tensor1d(problem.labels, "int32"), classes);
  const optimizer = tf.train.momentum(problem.learningRate, problem.momentum);

  const lossOf = (): tf.Scalar => {
    let next = 0;
    const take = <Kind extends tf.Tensor>() => parameters[next++] as tf.Tensor as Kind;
    let x = images;
    for (const convolutions of blocks) {
      for (let i = 0; i < convolutions; i++) {
        const [filters, bias] = [take<tf.Tensor4D>(), take<tf.Tensor1D>()];
        x = tf.relu(batchNorm(tf.add(tf.conv2d(x, filters, 1, "same"), bias), take(), take()));
      }
      x = tf.maxPool(x, 2, 2, "valid");
    }
    const [weight, bias] = [take<tf.Tensor2D>(), take<tf.Tensor1D>()];
    const features = tf.reshape(x, [x.shape[0], -1]);
    return tf.losses.softmaxCrossEntropy(targets, tf.add(tf.matMul(features, tf.reshape(weight, [-1, classes])), bias));
  };
  const download = async (loss: tf.Scalar | null): Promise<number> => {
    if (!loss) throw new Error("tfjs returned no loss.");
    const [value] = await loss.data();
    loss.dispose();
    return value;
  };
  return {
    step: () => download(optimizer.minimize(lossOf, true)),
    evaluate: () => download(tf.tidy(lossOf)),
    dispose() {
      tf.disposeVariables();
      tf.dispose([planes, images, targets]);
      tf.removeBackend("webgpu");
      device.destroy();
    },
  };
}

function batchNorm(x: tf.Tensor4D, scale: tf.Tensor1D, shift: tf.Tensor1D): tf.Tensor4D {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.batchNorm4d(x, mean as tf.Tensor1D, variance as tf.Tensor1D, shift, scale, epsilon);
}
