/** One worker of wasm-workers.ts: owns a tfjs backend and evaluates points of a surface when told how many. */
import { parentPort } from "node:worker_threads";
import { createModel } from "../../src/architectures/networks.ts";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import { traceEvaluation } from "../../src/execution/programs/evaluation.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";

const batchSize = 100;
const batches = 2;
const image = { height: 32, width: 32, channels: 3 };
const model = createModel({ name: "vgg", depth: 11, width: 0.5, batchNorm: true, classes: 10 }, image);
const count = batchSize * batches;
const pixelNormalization = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
const program = traceEvaluation(model, crossEntropy, "frozen", { count, pixelNormalization }, batchSize);

const backend = await createTfjsBackend({ readKernels });
const { theta, state } = drawInitialWeights(model, { scheme: "he-normal", seed: 1 });
const vector = (data: Float32Array) => backend.createTensor({ dtype: "float", shape: [data.length] }, data);
const inputs = {
  theta: vector(theta),
  state: vector(state),
  pixels: backend.createTensor(
    { dtype: "byte", shape: [count, 3, 32, 32] },
    Uint8Array.from({ length: count * 3072 }, (_, i) => Math.imul(i, 2654435761) >>> 24),
  ),
  labels: backend.createTensor({ dtype: "int", shape: [count] }, new Int32Array(count)),
};
const executable = await backend.compile(program, { inputs });
const feeds = Array.from({ length: batches }, (_, b) => ({
  indices: Int32Array.from({ length: batchSize }, (_, i) => b * batchSize + i),
  draws: new Int32Array(3 * batchSize),
}));

/** Evaluates `points` surface points: new weights, then all micro-batches. */
async function evaluate(points: number): Promise<number> {
  for (let i = 0; i < points; i++) {
    backend.write(
      inputs.theta,
      theta.map((weight) => weight * (1 + 0.01 * i)),
    );
    await executable.run(feeds);
  }
  return points * batches * executable.statistics.flops;
}

await evaluate(1);
parentPort?.on("message", (points: number) => {
  void evaluate(points).then((flops) => parentPort?.postMessage(flops));
});
parentPort?.postMessage("ready");
