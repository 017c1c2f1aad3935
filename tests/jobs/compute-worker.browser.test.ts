/** The page's worker as the page meets it: in Chromium, on WebGPU and on tfjs, with the jobs' real code. */

import { afterEach, describe, expect, it } from "vitest";
import { storedName } from "../../src/data/browser-images.ts";
import { deleteImageSet } from "../../src/data/image-storage.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import type { TrajectoryPoint } from "../../src/experiment/trajectory.ts";
import { createWorkerRunner, type WorkerRunner } from "../../src/protocol/client.ts";
import { WorkerCrashedError } from "../../src/protocol/link.ts";
import { recordsOf } from "../data/made-files.ts";
import { measureSurface } from "./collect-surface.ts";

const runners: WorkerRunner[] = [];
afterEach(() => {
  for (const runner of runners.splice(0)) runner.close();
});

function startRunner(): WorkerRunner {
  const worker = new Worker(new URL("../../workers/compute.ts", import.meta.url), { type: "module" });
  const runner = createWorkerRunner(worker);
  runners.push(runner);
  return runner;
}

const spec = parseSpec({
  model: { name: "mlp", hidden: [16], activation: "tanh" },
  data: { source: "synthetic", train: { count: 30, select: "balanced" }, test: { count: 20 } },
  training: { learningRate: 0.02, batchSize: 10, epochs: 4 },
});
const request: SurfaceRequest = {
  x: { kind: "random", seed: 1 },
  y: { kind: "random", seed: 2 },
  normalization: "filter",
  biases: "ignore",
  orthogonalize: true,
  batchNorm: "frozen",
  subset: "train",
  alpha: { min: -1, max: 1, count: 7 },
  beta: { min: -1, max: 1, count: 7 },
};

describe("the compute worker", () => {
  it("finds WebGPU in this browser, and takes WebAssembly by itself since the adapter is software", async () => {
    const runner = startRunner();
    const report = await runner.start("describeDevice", { backend: "webgpu" }).result;
    expect(report.backend).toBe("webgpu");
    expect(report.limits.maxBufferSize).toBeGreaterThan(0);
    expect(report.adapter?.software).toBe("yes");
    const chosen = await runner.start("describeDevice", { backend: "auto" }).result;
    expect(chosen).toMatchObject({ backend: "tfjs", reason: { kind: "software" } });
    expect(chosen.reason?.text).toMatch(/swiftshader/i);
  });

  it.each(["webgpu", "tfjs"] as const)(
    "records a path on %s without changing a bit, and finds its end at the centre",
    async (backend) => {
      const runner = startRunner();
      const plain = await runner.start("train", { runId: "plain", spec, backend }).result;
      const recording = { everySteps: 4, budgetMegabytes: 16 };
      const handle = runner.start("train", { runId: "recorded", spec: { ...spec, recording }, backend });
      const points: TrajectoryPoint[] = [];
      for await (const event of handle.events) if (event.kind === "recorded") points.push(event.point);
      const { weights } = (await handle.result).checkpoint;
      expect(points.map(({ step }) => step)).toEqual([0, 4, 8, 12]);
      expect(weights).toEqual(plain.checkpoint.weights);
      expect(points[3].weights).toEqual(weights);

      const path = await runner.start("projectTrajectory", { spec, weights, request, points, backend }).result;
      const { values } = await measureSurface(runner, { spec, weights, request, backend });
      expect([path.alpha[3], path.beta[3], path.offPlane[3]]).toEqual([0, 0, 0]);
      expect(path.loss[3]).toBe(values.loss[24]);
      expect(path.offPlane[0]).toBeGreaterThan(path.offPlane[2]);
    },
  );

  it.each(["webgpu", "tfjs"] as const)(
    "trains and measures on %s as on the reference, and repeats itself",
    async (backend) => {
      const runner = startRunner();
      const handle = runner.start("train", { runId: "test", spec, backend });
      const kinds = new Set<string>();
      for await (const event of handle.events) kinds.add(event.kind);
      expect([...kinds]).toEqual(expect.arrayContaining(["started", "progress", "epoch", "checkpoint"]));
      const { status, checkpoint } = await handle.result;
      expect(status).toBe("complete");

      const reference = await runner.start("train", { runId: "test", spec, backend: "reference" }).result;
      checkpoint.epochs.forEach(({ trainLoss, testLoss }, i) => {
        const wanted = reference.checkpoint.epochs[i];
        expect(Math.abs(trainLoss / wanted.trainLoss - 1)).toBeLessThan(1e-5);
        expect(Math.abs(testLoss / wanted.testLoss - 1)).toBeLessThan(1e-5);
      });

      const { weights } = checkpoint;
      const measure = (on: typeof backend | "reference") =>
        measureSurface(runner, { spec, weights, request, backend: on });
      const [first, again, exact] = [await measure(backend), await measure(backend), await measure("reference")];
      expect([...again.values.loss]).toEqual([...first.values.loss]);
      first.values.loss.forEach((loss, cell) => {
        expect(Math.abs(loss / exact.values.loss[cell] - 1)).toBeLessThan(1e-5);
      });
      const repeated = await runner.start("train", { runId: "test", spec, backend }).result;
      expect([...repeated.checkpoint.batchLosses]).toEqual([...checkpoint.batchLosses]);
    },
  );

  it("pauses at once and goes on from the checkpoint in another worker, bit for bit", async () => {
    const whole = await startRunner().start("train", { runId: "test", spec, backend: "webgpu" }).result;
    const handle = startRunner().start("train", { runId: "test", spec, backend: "webgpu", paused: true });
    for (let i = 0; i < 5; i++) handle.control({ kind: "step" });
    for await (const event of handle.events) {
      if (event.kind === "progress" && event.paused && event.step === 5) handle.cancel();
    }
    const { checkpoint } = await handle.result;
    expect(checkpoint.step).toBe(5);
    const resumed = await startRunner().start("train", { runId: "test", spec, backend: "webgpu", resume: checkpoint })
      .result;
    expect([...resumed.checkpoint.batchLosses]).toEqual([...whole.checkpoint.batchLosses]);
    expect([...resumed.checkpoint.weights.theta.subarray(0, 64)]).toEqual([
      ...whole.checkpoint.weights.theta.subarray(0, 64),
    ]);
  });

  it("shares a long surface on tfjs among helpers, with the values of one worker", async () => {
    const long = parseSpec({
      model: { name: "vgg", depth: 11, width: 0.125 },
      data: { source: "synthetic", train: { count: 160 }, test: { count: 10 } },
    });
    const runner = startRunner();
    const weights = await runner.start("initialize", { spec: long }).result;
    const measure = (count: number) => {
      const axis = { min: -1, max: 1, count };
      const wanted = {
        spec: long,
        weights,
        request: { ...request, alpha: axis, beta: axis },
        backend: "tfjs" as const,
      };
      return measureSurface(runner, wanted);
    };
    const [few, many] = [await measure(3), await measure(9)];
    expect(few.report.backend).not.toContain("workers");
    expect(many.report.backend).toContain("workers");
    for (const [cell, at] of [
      [0, 0],
      [4, 40],
      [8, 80],
    ])
      expect(many.values.loss[at]).toBe(few.values.loss[cell]);
  });

  it("needs the memory that was estimated", async () => {
    const vgg = parseSpec({
      model: { name: "vgg", depth: 11, width: 0.125 },
      data: { source: "synthetic", train: { count: 48 }, test: { count: 20 } },
      training: { batchSize: 16, epochs: 1 },
    });
    const runner = startRunner();
    const { training } = await runner.start("estimateCost", { spec: vgg, backend: "webgpu" }).result;
    await runner.start("train", { runId: "test", spec: vgg, backend: "webgpu" }).result;
    const { peakMemoryBytes } = await runner.start("describeDevice", { backend: "webgpu" }).result;
    expect(peakMemoryBytes / training.memoryBytes).toBeLessThan(1.2);
    expect(peakMemoryBytes / training.memoryBytes).toBeGreaterThan(0.8);
  });

  it("says what is missing when there are no stored images", async () => {
    const other = parseSpec({ ...spec, data: { source: "cifar10" }, training: {} });
    const { result } = startRunner().start("train", { runId: "test", spec: other, backend: "reference" });
    await expect(result).rejects.toMatchObject({
      name: "DataMissingError",
      message: expect.stringContaining("download"),
    });
  });

  it("takes images that are dropped, keeps them for later workers, and uses newer ones at once", async () => {
    const runner = startRunner();
    const drop = (seed: number) => {
      const files = [
        new File([recordsOf(30, seed)], "data_batch_1.bin"),
        new File([recordsOf(12, seed + 1, "test")], "test_batch.bin"),
      ];
      return runner.start("importImages", { kind: "files", set: "cifar10", files });
    };
    const own = parseSpec({ ...spec, data: { source: "cifar10", train: { count: 20 }, test: { count: 10 } } });
    const weights = await runner.start("initialize", { spec: own }).result;
    const evaluate = (on: WorkerRunner) =>
      on.start("evaluate", { spec: own, weights, subset: "train", backend: "reference" }).result;
    try {
      const handle = drop(1);
      const phases = new Set<string>();
      for await (const { phase } of handle.events) phases.add(phase);
      expect([...phases]).toEqual(expect.arrayContaining(["reading", "storing"]));
      const stored = [{ set: "cifar10", counts: { train: 30, test: 12 }, bytes: 42 * 3073 }];
      expect(await handle.result).toEqual(stored);
      expect(await startRunner().start("storedImages", {}).result).toEqual(stored);
      const first = await evaluate(runner);
      expect((await evaluate(startRunner())).loss).toBe(first.loss);

      const broken = new File([recordsOf(3).subarray(0, 5000)], "data_batch_1.bin");
      const refused = runner.start("importImages", { kind: "files", set: "cifar10", files: [broken] });
      await expect(refused.result).rejects.toMatchObject({ name: "DataFormatError" });
      expect((await evaluate(runner)).loss).toBe(first.loss);

      await drop(5).result;
      expect((await evaluate(runner)).loss).not.toBe(first.loss);

      expect(await runner.start("removeImages", { set: "cifar10" }).result).toEqual([]);
      await expect(evaluate(runner)).rejects.toMatchObject({ name: "DataMissingError" });
      expect(await startRunner().start("storedImages", {}).result).toEqual([]);
    } finally {
      for (const split of ["train", "test"] as const) await deleteImageSet(storedName("cifar10", split));
    }
  });

  it("rejects what is pending when its script fails", async () => {
    const script = URL.createObjectURL(new Blob(["setTimeout(() => { throw new Error('boom'); }, 50)"]));
    const runner = createWorkerRunner(new Worker(script));
    runners.push(runner);
    const { result } = runner.start("describeDevice", { backend: "auto" });
    const error = await result.catch((reason) => reason);
    expect(error).toBeInstanceOf(WorkerCrashedError);
    expect(error.message).toContain("boom");
  });
});
