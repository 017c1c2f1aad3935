/** jax-js: loss and gradient in one jitted function, without the update; no running statistics. */
import {
  blockUntilReady,
  defaultDevice,
  init,
  type Array as JaxArray,
  jit,
  lax,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
} from "@jax-js/jax";
import type { Model } from "../../../src/models/model.ts";
import { unpackTensors } from "../../../src/models/state-dict.ts";
import { blocks, type Contender, classes, epsilon, imageSize, type StepProblem } from "./problem.ts";

const perChannel = (x: JaxArray): JaxArray => x.reshape([1, -1, 1, 1]);

/** Every use of an array consumes it, unless it is of its `ref`. */
function batchNorm(x: JaxArray, scale: JaxArray, shift: JaxArray): JaxArray {
  const axes = [0, 2, 3];
  const mean = np.mean(x.ref, axes, { keepdims: true });
  const centred = x.sub(mean);
  const variance = np.mean(np.square(centred.ref), axes, { keepdims: true });
  const deviation = np.sqrt(variance.add(epsilon));
  return centred.div(deviation).mul(perChannel(scale)).add(perChannel(shift));
}

/** Consumes its arguments. */
export function lossOf(parameters: JaxArray[], images: JaxArray, targets: JaxArray): JaxArray {
  const [batchSize] = targets.shape;
  let next = 0;
  const take = () => parameters[next++];
  let x = images;
  for (const convolutions of blocks) {
    for (let i = 0; i < convolutions; i++) {
      const [weight, bias, scale, shift] = [take(), take(), take(), take()];
      const convolved = lax.convGeneralDilated(x, weight, [1, 1], "SAME").add(perChannel(bias));
      x = nn.relu(batchNorm(convolved, scale, shift));
    }
    x = lax.reduceWindow(x, np.max, [2, 2], [2, 2]);
  }
  const [weight, bias] = [take(), take()];
  const logits = np.matmul(x.reshape([batchSize, -1]), weight.transpose()).add(bias);
  return np.sum(nn.logSoftmax(logits).mul(targets)).mul(-1 / batchSize);
}

/** A flat vector as jax-js's arrays, in PyTorch's layouts. */
export const toArrays = ({ layout }: Model, flat: Float32Array): JaxArray[] =>
  unpackTensors(layout, flat).map(({ shape, data }) => np.array(new Float32Array(data), { shape: [...shape] }));

export async function openJaxJs({ model, weights, batchSize, ...problem }: StepProblem) {
  await init("webgpu");
  defaultDevice("webgpu");
  return {
    parameters: toArrays(model, weights.theta),
    images: np.array(new Float32Array(problem.images), { shape: [batchSize, 3, imageSize, imageSize] }),
    targets: nn.oneHot(np.array(new Int32Array(problem.labels), { dtype: np.int32 }), classes),
  };
}

export async function createJaxJs(problem: StepProblem): Promise<Contender> {
  const { parameters, images, targets } = await openJaxJs(problem);
  const valueAndGradient = jit(valueAndGrad(lossOf));
  return {
    async step() {
      const [loss, gradient] = valueAndGradient(tree.ref(parameters), images.ref, targets.ref);
      await blockUntilReady(gradient);
      tree.dispose(gradient);
      const [value] = await loss.data();
      return value;
    },
  };
}
