/** Basin's own step: the training program on the WebGPU backend, batch gathered and running statistics updated. */
import type { Bindings, Feed } from "../../../src/backends/backend.ts";
import { createWebgpuBackend, type WebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import type { Program } from "../../../src/tensor/program.ts";
import { createSgd } from "../../../src/training/optimizers/sgd.ts";
import { traceTrainStep } from "../../../src/training/train-step.ts";
import {
  type Contender,
  imageSize,
  learningRate,
  loss,
  momentum,
  pixelNormalization,
  type StepProblem,
} from "./problem.ts";

export function traceStep({ model, batchSize }: StepProblem): Program {
  const optimizer = createSgd({ momentum, nesterov: false, weightDecay: 0 });
  return traceTrainStep(model, loss, optimizer, { count: batchSize, pixelNormalization }, batchSize);
}

export const feedStep = ({ batchSize }: StepProblem): Feed => ({
  indices: Int32Array.from({ length: batchSize }, (_, i) => i),
  draws: new Int32Array(3 * batchSize),
  learningRate: Float32Array.of(learningRate),
});

export function bindStep(problem: StepProblem, backend: WebgpuBackend): Bindings {
  const vector = (data: Float32Array) => backend.createTensor({ dtype: "float", shape: [data.length] }, data);
  const { batchSize, weights } = problem;
  const updated = {
    theta: vector(weights.theta),
    state: vector(weights.state),
    moment0: vector(new Float32Array(weights.theta.length)),
  };
  const pixels = backend.createTensor({ dtype: "byte", shape: [batchSize, 3, imageSize, imageSize] }, problem.pixels);
  const labels = backend.createTensor({ dtype: "int", shape: [batchSize] }, problem.labels);
  return { inputs: { ...updated, pixels, labels }, outputs: updated };
}

export async function createBasin(problem: StepProblem): Promise<Contender> {
  const backend = await createWebgpuBackend();
  const executable = await backend.compile(traceStep(problem), bindStep(problem, backend));
  const feed = feedStep(problem);
  return {
    async step() {
      const [{ loss }] = await executable.run([feed]);
      return loss[0];
    },
  };
}
