/** The fake runner's answers to questions about the device, the cost and the data. */
import { exampleCount } from "../../src/app/stores/image-counts.ts";
import { factsOf } from "../../src/data/sets/facts.ts";
import type { JobName, JobParams, JobResult, Jobs } from "../../src/jobs/jobs.ts";
import { fakeFolders } from "./fake-folders.ts";

interface Context<Name extends JobName> {
  readonly signal: AbortSignal;
  emit(event: Jobs[Name]["event"]): void;
  pause(ms: number): Promise<void>;
}
type Fake<Name extends JobName> = (params: JobParams<Name>, context: Context<Name>) => Promise<JobResult<Name>>;

const checks = [
  { name: "Loss, VGG11-BN", error: 3.1e-8, bound: 1e-6, passed: true },
  { name: "Gradient, VGG11-BN", error: 8.4e-7, bound: 1e-5, passed: true },
  { name: "Gradient, MLP tanh", error: 2.2e-7, bound: 1e-5, passed: true },
];
const benchmark = [
  { name: "Training step, VGG11-BN ×¼, batch 16", basinMs: 41.2, tfjsMs: 486 },
  { name: "Loss of 1000 images", basinMs: 88.1, tfjsMs: 402, note: "forward only" },
  { name: "First call, cold", basinMs: 920, tfjsMs: 9800 },
];

const describeDevice: Fake<"describeDevice"> = async (_params, { pause }) => {
  await pause(200);
  return {
    backend: "webgpu",
    description: "Example GPU, 8 cores",
    reason: { kind: "hardware", text: "There is a graphics processor (Example GPU)." },
    adapter: { vendor: "example", architecture: "demo-2", description: "" },
    features: ["timestamp-query", "subgroups", "shader-f16"],
    limits: {
      maxBufferSize: 4_294_967_296,
      maxStorageBufferBindingSize: 2_147_483_644,
      maxComputeInvocationsPerWorkgroup: 1024,
    },
    processor: { cores: 8, workers: 0, crossOriginIsolated: false },
    flopPerSecond: 4.1e11,
    memoryBytes: 41_300_000,
    peakMemoryBytes: 58_800_000,
  };
};

const estimateCost: Fake<"estimateCost"> = async ({ spec }, { pause }) => {
  await pause(120);
  const width = "width" in spec.model ? spec.model.width : null;
  const perImage = width === null ? 5e6 : 9.2e8 * width ** 2;
  const count = exampleCount(spec, "train", []);
  const totalFlop = perImage * count * spec.training.epochs;
  return {
    training: {
      parameters: width === null ? 855_050 : Math.round(9_231_114 * width ** 2),
      flopPerStep: perImage * spec.training.batchSize,
      totalFlop,
      memoryBytes: 41_300_000,
      seconds: totalFlop / 1.4e10,
    },
    evaluationFlop: (perImage / 3) * count,
    pointBytes: width === null ? 3_420_200 : Math.round(36_924_456 * width ** 2),
  };
};

const importImages: Fake<"importImages"> = async (params, { emit, pause, signal }) => {
  const total = 170_052_171;
  for (let part = 0; part <= 10; part++) {
    if (signal.aborted) throw new DOMException("The import was cancelled.", "AbortError");
    emit({
      phase: params.kind === "download" ? "downloading" : "reading",
      loadedBytes: (total * part) / 10,
      totalBytes: total,
      detail: "data_batch_1.bin",
    });
    await pause(150);
  }
  return [{ set: params.set, counts: factsOf(params.set).counts, bytes: 184_380_000 }];
};

export const fakeDescriptions = {
  describeDevice,
  calibrate: async () => ({ flopPerSecond: 1.4e10 }),
  estimateCost,
  importImages,
  storedImages: async () => [],
  removeImages: async () => [],
  evaluate: async () => ({ loss: 0.09, accuracy: 0.97, count: 1000, backend: "WebGPU" }),
  selfCheck: (async (_params, { emit, pause, signal }) => {
    for (const [index, row] of checks.entries()) {
      await pause(300);
      signal.throwIfAborted();
      emit({ row, done: index + 1, total: checks.length });
    }
    return checks;
  }) satisfies Fake<"selfCheck">,
  benchmark: (async (_params, { emit, pause, signal }) => {
    for (const row of benchmark) {
      await pause(300);
      signal.throwIfAborted();
      emit(row);
    }
    return benchmark;
  }) satisfies Fake<"benchmark">,
  measureCells: async () => null,
  measurePoints: async () => null,
  exportCheckpoint: async () => new Uint8Array(16),
  importCheckpoint: async () => ({ theta: new Float32Array(64), state: new Float32Array(8) }),
  ...fakeFolders,
};
