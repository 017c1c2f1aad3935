/**
 * Speed of the tfjs backend on WebAssembly, one thread: a training step of full-width VGG11 with BatchNorm, batch 32, by
 * kind of step. Run: npx tsx tests/bench/wasm.ts [batch size]
 */
import { createModel } from "../../src/architectures/networks.ts";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import { createSgd } from "../../src/training/optimizers/sgd.ts";
import { traceTrainStep } from "../../src/training/train-step.ts";

const batchSize = Number(process.argv[2] ?? 32);
const repetitions = 5;
const count = 256;

const times = new Map<string, number>();
let profiling = false;
const profile = (step: string, ms: number) => {
  if (profiling) times.set(step, (times.get(step) ?? 0) + ms);
};

const model = createModel(
  { name: "vgg", depth: 11, width: 1, batchNorm: true, classes: 10 },
  { height: 32, width: 32, channels: 3 },
);
const pixelNormalization = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
const program = traceTrainStep(
  model,
  crossEntropy,
  createSgd({ momentum: 0.9, nesterov: true, weightDecay: 5e-4 }),
  { count, pixelNormalization },
  batchSize,
);

const backend = await createTfjsBackend({ readKernels, profile });
const vector = (data: Float32Array) => backend.createTensor({ dtype: "float", shape: [data.length] }, data);
const pixels = Uint8Array.from({ length: count * 3072 }, (_, i) => (i * 2654435761) >>> 24);
const images = {
  pixels: backend.createTensor({ dtype: "byte", shape: [count, 3, 32, 32] }, pixels),
  labels: backend.createTensor(
    { dtype: "int", shape: [count] },
    Int32Array.from({ length: count }, (_, i) => i % 10),
  ),
};
const initial = drawInitialWeights(model, { scheme: "he-normal", std: 1, seed: 1 });
const weights = {
  theta: vector(initial.theta),
  state: vector(initial.state),
  moment0: vector(new Float32Array(model.layout.length)),
};
const started = performance.now();
const executable = await backend.compile(program, { inputs: { ...weights, ...images }, outputs: weights });
console.log(
  `compiled in ${(performance.now() - started).toFixed(0)} ms: ${executable.statistics.launches} steps, ` +
    `${(executable.statistics.temporaryBytes / 1e6).toFixed(0)} MB of temporaries`,
);

const feed = {
  indices: Int32Array.from({ length: batchSize }, (_, i) => i),
  draws: new Int32Array(3 * batchSize),
  learningRate: new Float32Array([0.01]),
};
const step = async (): Promise<number> => {
  const start = performance.now();
  const [{ loss }] = await executable.run([feed]);
  if (!Number.isFinite(loss[0])) throw new Error("the loss is not finite");
  return performance.now() - start;
};
for (let i = 0; i < 2; i++) await step();
profiling = true;
const steps: number[] = [];
const cpuBefore = process.cpuUsage();
for (let i = 0; i < repetitions; i++) steps.push(await step());
const cpu = process.cpuUsage(cpuBefore);
const cpuMs = (cpu.user + cpu.system) / 1000 / repetitions;
profiling = false;

const median = steps.sort((a, b) => a - b)[Math.floor(repetitions / 2)];
const { flops } = executable.statistics;
console.log(
  `VGG11-BN, batch ${batchSize}: step ${median.toFixed(0)} ms, ${(flops / 1e9).toFixed(1)} GFLOP, ` +
    `${(flops / median / 1e6).toFixed(1)} GFLOP/s; ${cpuMs.toFixed(0)} ms of processor time, ` +
    `${(flops / cpuMs / 1e6).toFixed(1)} GFLOP/s of it`,
);
const byKind = new Map<string, number>();
for (const [name, ms] of times)
  byKind.set(name.split(" ")[0], (byKind.get(name.split(" ")[0]) ?? 0) + ms / repetitions);
const print = (entries: Iterable<[string, number]>, scale: number) => {
  for (const [name, ms] of [...entries].sort((a, b) => b[1] - a[1]))
    console.log(`${(ms / scale).toFixed(1).padStart(8)} ms  ${name}`);
};
print(byKind, 1);
if (process.argv.includes("--steps")) print(times, repetitions);
backend.dispose();
