/** A small problem at a minimum, where float32 has the hardest time: losses of thousandths are differences of large logits. */
import type { HostArray } from "../../../src/backends/backend.ts";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { crossEntropy } from "../../../src/models/losses/cross-entropy.ts";
import { createSgd } from "../../../src/training/optimizers/sgd.ts";
import { traceTrainStep } from "../../../src/training/train-step.ts";
import type { Problem } from "./problem.ts";

const learningRate = 0.1;

/** The problem after `steps` of descent on all its examples, in float64, and the last loss. For nets without BatchNorm. */
export async function train(problem: Problem, steps: number): Promise<{ trained: Problem; loss: number }> {
  const { model, pixels, labels, pixelNormalization, weights } = problem;
  const { length: count } = labels;
  const backend = createReferenceBackend();
  const vector = (data?: HostArray) => backend.createTensor({ dtype: "float", shape: [model.layout.length] }, data);
  const updated = { theta: vector(weights.theta), moment0: vector() };
  const optimizer = createSgd({ momentum: 0.9, nesterov: false, weightDecay: 0 });
  const program = traceTrainStep(model, crossEntropy, optimizer, { count, pixelNormalization }, count);
  const executable = await backend.compile(program, { inputs: updated, outputs: updated });
  const feed = {
    pixels,
    labels,
    indices: Int32Array.from({ length: count }, (_, i) => i),
    draws: new Int32Array(3 * count),
    learningRate: Float64Array.of(learningRate),
  };
  const fetched = await executable.run(new Array<typeof feed>(steps).fill(feed));
  const theta = Float32Array.from(await backend.read(updated.theta));
  return { trained: { ...problem, weights: { theta, state: weights.state } }, loss: fetched[steps - 1].loss[0] };
}
