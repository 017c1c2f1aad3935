/** Basin's own step: the training program on the WebGPU backend, batch gathered and running statistics updated. */
import type { Bindings } from "../../../src/backends/backend.ts";
import { createWebgpuBackend, type WebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import type { Program } from "../../../src/tensor/program.ts";
import { createSgd } from "../../../src/training/optimizers/sgd.ts";
import { traceTrainStep } from "../../../src/training/programs/train-step.ts";
import * as problem from "./problem.ts";

export const traceStep = (): Program => {
  const optimizer = createSgd({ momentum: problem.momentum, nesterov: false, weightDecay: 0 });
  const source = { count: problem.batchSize, normalization: problem.normalization };
  return traceTrainStep(problem.model, problem.loss, optimizer, source, problem.batchSize);
};

export const feed = {
  indices: Int32Array.from({ length: problem.batchSize }, (_, i) => i),
  draws: new Int32Array(3 * problem.batchSize),
  learningRate: Float32Array.of(problem.learningRate),
};

export function bindStep(backend: WebgpuBackend): Bindings {
  const vector = (data: Float32Array) => backend.createTensor({ dtype: "float", shape: [data.length] }, data);
  const { batchSize, size, weights } = problem;
  const updated = {
    theta: vector(weights.theta),
    state: vector(weights.state),
    moment0: vector(new Float32Array(weights.theta.length)),
  };
  const pixels = backend.createTensor({ dtype: "byte", shape: [batchSize, 3, size, size] }, problem.pixels);
  const labels = backend.createTensor({ dtype: "int", shape: [batchSize] }, problem.labels);
  return { inputs: { ...updated, pixels, labels }, outputs: updated };
}

export async function createBasin(): Promise<problem.Contender> {
  const backend = await createWebgpuBackend();
  const executable = await backend.compile(traceStep(), bindStep(backend));
  return {
    async step() {
      const [{ loss }] = await executable.run([feed]);
      return loss[0];
    },
  };
}
