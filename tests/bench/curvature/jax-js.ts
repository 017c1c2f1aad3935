/** jax-js: the jitted jvp(grad(f)) of the same loss, BatchNorm by the batch's statistics. */
import { blockUntilReady, grad, type Array as JaxArray, jit, jvp, tree } from "@jax-js/jax";
import { lossOf, openJaxJs, toArrays } from "../step/jax-js.ts";
import type { StepProblem } from "../step/problem.ts";
import { type Measurable, sampleTangent } from "./measurable.ts";

export async function createJaxProduct(
  problem: StepProblem,
): Promise<Measurable & { quadraticForm(): Promise<number> }> {
  const { parameters, images, targets } = await openJaxJs(problem);
  const tangents = toArrays(problem.model, sampleTangent(problem.model));
  const gradient = grad(lossOf);
  const product = jit((at: JaxArray[], along: JaxArray[], batch: JaxArray, labels: JaxArray) => {
    const [primal, tangent] = jvp((point: JaxArray[]) => gradient(point, batch, labels), [at], [along]);
    tree.dispose(primal);
    return tangent;
  });
  const multiply = () => product(tree.ref(parameters), tree.ref(tangents), images.ref, targets.ref);
  return {
    flop: 0,
    async run() {
      const result = multiply();
      await blockUntilReady(result);
      tree.dispose(result);
    },
    async quadraticForm() {
      let total = 0;
      const result = multiply();
      for (const [i, tensor] of result.entries()) {
        const [values, along] = [await tensor.data(), await tangents[i].ref.data()];
        values.forEach((value: number, k: number) => {
          total += value * along[k];
        });
      }
      return total;
    },
    dispose: () => {},
  };
}
