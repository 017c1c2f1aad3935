import { describe, expect, it } from "vitest";
import { architectures } from "../../src/architectures/specs.ts";
import { createTfjsBackend } from "../../src/backends/tfjs/backend.ts";
import { readKernels } from "../../src/backends/tfjs/kernels-node.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import type { CheckRow } from "../../src/jobs/device-jobs.ts";
import { sameBits } from "../models/same-bits.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

const spec = smallSpec();

describe("evaluate", () => {
  it("has the gradient that differences of the loss show", async () => {
    const runner = createTestRunner();
    const smooth = smallSpec({ model: { name: "mlp", hidden: [8], activation: "tanh" } });
    const weights = await runner.start("initialize", { spec: smooth }).result;
    const at = async (theta: Float32Array, gradient = false) =>
      runner.start("evaluate", {
        spec: smooth,
        weights: { ...weights, theta },
        subset: "train",
        backend: "reference",
        gradient,
      }).result;
    const { gradient, loss, count } = await at(weights.theta, true);
    expect(count).toBe(40);
    if (!gradient) throw new Error("no gradient");
    const norm = Math.hypot(...gradient);
    const step = 1e-3;
    const moved = (sign: number) => weights.theta.map((value, k) => value + (sign * step * gradient[k]) / norm);
    const slope = ((await at(moved(1))).loss - (await at(moved(-1))).loss) / (2 * step);
    expect(Math.abs(slope / norm - 1)).toBeLessThan(1e-3);
    expect(loss).toBeGreaterThan(0);
  });
});

describe("estimateCost", () => {
  it("counts what training then counts", async () => {
    const runner = createTestRunner();
    const estimate = await runner.start("estimateCost", { spec, backend: "reference" }).result;
    const handle = runner.start("train", { runId: "test", spec, backend: "reference" });
    const [started] = await collect(handle);
    if (started.kind !== "started") throw new Error("no start");
    expect(estimate.training.parameters).toBe(started.cost.parameters);
    // The backend may run the program as it is, the estimate simplifies it first.
    expect(estimate.training.flopPerStep).toBeLessThanOrEqual(started.cost.flopPerStep);
    expect(estimate.training.flopPerStep).toBeGreaterThan(0.9 * started.cost.flopPerStep);
    expect(estimate.training.seconds).toBeUndefined();
    const later = await runner.start("estimateCost", { spec, backend: "reference" }).result;
    expect(later.training.seconds).toBeGreaterThan(0);
  });
});

describe("estimated memory", () => {
  it("is what training on tfjs comes to; the worker's test has WebGPU", async () => {
    const backend = await createTfjsBackend({ readKernels });
    const runner = createTestRunner({ createBackend: async () => ({ backend }) });
    const vgg = smallSpec({ model: { name: "vgg", depth: 11, width: 0.25 }, training: { batchSize: 20, epochs: 1 } });
    const { training } = await runner.start("estimateCost", { spec: vgg, backend: "tfjs" }).result;
    await runner.start("train", { runId: "test", spec: vgg, backend: "tfjs" }).result;
    expect(backend.memory.peakBytes / training.memoryBytes).toBeLessThan(1.2);
    expect(backend.memory.peakBytes / training.memoryBytes).toBeGreaterThan(0.8);
  });
});

describe("checkpoints", () => {
  it("go out in PyTorch's layouts and come back the same", async () => {
    const runner = createTestRunner();
    const weights = await runner.start("initialize", { spec }).result;
    const bytes = await runner.start("exportCheckpoint", { spec, weights }).result;
    expect(readSafetensors(bytes).tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ["layers.0.weight", [8, 3072]],
      ["layers.0.bias", [8]],
      ["layers.2.weight", [10, 8]],
      ["layers.2.bias", [10]],
    ]);
    const back = await runner.start("importCheckpoint", { spec, bytes }).result;
    expect(sameBits(back.theta, weights.theta)).toBe(true);
    const other = smallSpec({ model: { name: "mlp", hidden: [8, 8], activation: "relu" } });
    await expect(runner.start("importCheckpoint", { spec: other, bytes }).result).rejects.toThrow("layers.4.weight");
  });
});

describe("describeDevice", () => {
  it("says what auto comes to and why", async () => {
    const { createReferenceBackend } = await import("../../src/backends/reference/backend.ts");
    const reason = { kind: "unavailable", text: "This browser has no WebGPU." } as const;
    const runner = createTestRunner({
      createBackend: async () => ({ backend: createReferenceBackend(), reason }),
    });
    expect(await runner.start("describeDevice", { backend: "auto" }).result).toMatchObject({
      backend: "reference",
      description: "float64 loops",
      reason,
    });
  });

  it("tells of WebAssembly's heap as it grows, of its thread and of the speed once there is one", async () => {
    const backend = await createTfjsBackend({ readKernels });
    const runner = createTestRunner({ createBackend: async () => ({ backend }) });
    const before = await runner.start("describeDevice", { backend: "tfjs" }).result;
    expect(before.wasm).toMatchObject({ simd: true, threads: 1 });
    expect(before.flopPerSecond).toBeUndefined();
    const bytes = 64 * 1024 ** 2;
    const held = backend.createTensor({ dtype: "byte", shape: [bytes] });
    const grown = await runner.start("describeDevice", { backend: "tfjs" }).result;
    expect(grown.memoryBytes).toBe(bytes);
    expect(grown.wasm?.heapBytes).toBeGreaterThan(bytes);
    expect(grown.wasm?.heapBytes).toBeGreaterThan(before.wasm?.heapBytes ?? 0);
    held.dispose();
    await runner.start("benchmark", { batchSize: 2, backend: "tfjs" }).result;
    const after = await runner.start("describeDevice", { backend: "tfjs" }).result;
    expect(after.flopPerSecond).toBeGreaterThan(0);
    expect(after.wasm?.heapBytes).toBeGreaterThan(bytes);
  });
});

describe("selfCheck", () => {
  it("finds WebAssembly within its bounds, and streams a row for each quantity of each network", async () => {
    const runner = createTestRunner({
      createBackend: async () => ({ backend: await createTfjsBackend({ readKernels }) }),
    });
    const handle = runner.start("selfCheck", { backend: "tfjs" });
    const events = await collect(handle);
    const rows = events.map(({ row }) => row);
    expect(events.map(({ done, total }) => [done, total])).toEqual(rows.map((_, index) => [index + 1, rows.length]));
    expect(rows.filter(({ passed }) => !passed)).toEqual([]);
    expect(rows.some(({ error }) => error > 0)).toBe(true);
    const quantities = new Set(rows.map(({ name }) => name.slice(name.lastIndexOf(": ") + 2)));
    expect([...quantities]).toEqual(["loss", "gradient", "Hessian product"]);
    expect(rows.length).toBe(3 * architectures.flatMap(({ checks }) => checks).length);
    expect(await handle.result).toEqual(rows);
  });

  it("finds no difference between the reference and itself", async () => {
    const handle = createTestRunner().start("selfCheck", { backend: "reference" });
    const rows: CheckRow[] = [];
    for await (const { row } of handle.events) {
      rows.push(row);
      if (rows.length === 6) handle.cancel();
    }
    await expect(handle.result).rejects.toThrow(/cancelled/);
    expect(rows.length).toBeGreaterThanOrEqual(6);
    expect(rows.map(({ error, passed }) => [error, passed])).toEqual(rows.map(() => [0, true]));
  });
});

describe("benchmark", () => {
  it("times steps and evaluations, and says why there is no figure of tfjs without WebGPU", async () => {
    const runner = createTestRunner({
      createBackend: async () => ({ backend: await createTfjsBackend({ readKernels }) }),
    });
    const handle = runner.start("benchmark", { batchSize: 2, backend: "auto" });
    const rows = await collect(handle);
    expect(await handle.result).toEqual(rows);
    expect(rows.map(({ tfjsMs }) => tfjsMs)).toEqual([null, null, null]);
    expect(rows.every(({ basinMs }) => basinMs > 0)).toBe(true);
    expect(rows[0].note).toContain("without WebGPU");
    expect(rows[1].note).toMatch(/GFLOP\/s$/);
  });
});
