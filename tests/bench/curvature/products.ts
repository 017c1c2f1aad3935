/** Basin's products with the Hessian and the Gauss-Newton matrix of one batch, beside its gradient. */
import type { Feed } from "../../../src/backends/backend.ts";
import { createWebgpuBackend, type WebgpuBackend } from "../../../src/backends/webgpu/backend.ts";
import { createCurvatureOperator } from "../../../src/curvature/products/curvature-operator.ts";
import type { CurvatureKind } from "../../../src/curvature/products/product-rules.ts";
import { bindings } from "../../../src/execution/device-weights.ts";
import { evenMicroBatches } from "../../../src/execution/micro-batches.ts";
import { traceGradient } from "../../../src/execution/programs/gradient.ts";
import { WorkWindow } from "../../../src/execution/work-window.ts";
import { imageSize, loss, pixelNormalization, type StepProblem } from "../step/problem.ts";
import { type Measurable, sampleTangent } from "./measurable.ts";

/** Everything that Basin is measured on, on one device. */
export function createBasin(problem: StepProblem, backend: WebgpuBackend) {
  const { model, weights, batchSize } = problem;
  const vector = (data: Float32Array) => backend.createTensor({ dtype: "float", shape: [data.length] }, data);
  const images = {
    pixels: backend.createTensor({ dtype: "byte", shape: [batchSize, 3, imageSize, imageSize] }, problem.pixels),
    labels: backend.createTensor({ dtype: "int", shape: [batchSize] }, problem.labels),
    count: batchSize,
    pixelNormalization,
    dispose: () => {},
  };
  const deviceWeights = { theta: vector(weights.theta), state: vector(weights.state) };

  return {
    async gradient(): Promise<Measurable> {
      const gradient = vector(new Float32Array(weights.theta.length));
      const executable = await backend.compile(traceGradient(model, loss, images, batchSize), {
        inputs: { ...bindings(deviceWeights), gradient, pixels: images.pixels, labels: images.labels },
        outputs: { gradient },
      });
      const feed: Feed = {
        indices: Int32Array.from({ length: batchSize }, (_, i) => i),
        draws: new Int32Array(3 * batchSize),
        scale: Float32Array.of(1 / batchSize),
      };
      return {
        flop: executable.statistics.flops,
        async run() {
          await executable.run([feed]);
        },
        dispose() {
          executable.dispose();
          gradient.dispose();
        },
      };
    },

    /** `width` products of one batch. */
    async product(
      kind: CurvatureKind,
      { width = 1, hoistBytes = 0, batchNorm = "frozen" as "frozen" | "batch" },
    ): Promise<Measurable & { quadraticForm(): Promise<number> }> {
      const operator = await createCurvatureOperator({
        ...{ backend, model, loss, kind, batchNorm, images, weights: deviceWeights, width, hoistBytes },
        microBatches: evenMicroBatches(batchSize, batchSize),
        window: new WorkWindow(),
      });
      const tangent = sampleTangent(model);
      for (const input of operator.vectors) backend.write(input, tangent);
      const run = async () => {
        await operator.apply(width);
        await backend.idle();
      };
      return {
        flop: operator.flop * width,
        run,
        async quadraticForm() {
          await run();
          const product = await backend.read(operator.products[0]);
          return tangent.reduce((total, value, k) => total + value * product[k], 0);
        },
        dispose: () => operator.dispose(),
      };
    },
  };
}

export const openBackend = (): Promise<WebgpuBackend> => createWebgpuBackend();
