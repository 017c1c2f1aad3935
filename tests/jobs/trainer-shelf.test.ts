/** Runs of one shape share what was compiled, and come out as if they did not. */
import { describe, expect, it } from "vitest";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { drawSyntheticImages } from "../../src/data/sets/synthetic/pictures.ts";
import { evenMicroBatches } from "../../src/execution/micro-batches.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import type { JobRunner } from "../../src/jobs/jobs.ts";
import { modelOf, pixelNormalizationOf } from "../../src/jobs/problem.ts";
import { TrainerShelf } from "../../src/jobs/trainer-shelf.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import { meanSquaredError } from "../../src/models/losses/mean-squared-error.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import { sameBits } from "../models/same-bits.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

/** A runner, and how many programs its backend has compiled so far. */
function createCountingRunner() {
  const backend = createReferenceBackend();
  const compile = backend.compile.bind(backend);
  let compiled = 0;
  backend.compile = (...args) => {
    compiled++;
    return compile(...args);
  };
  return { runner: createTestRunner({ createBackend: async () => ({ backend }) }), backend, count: () => compiled };
}

async function train(runner: JobRunner, spec: Spec, sharesPrograms = true) {
  const handle = runner.start("train", { runId: "r", spec, backend: "reference", sharesPrograms });
  const started = (await collect(handle)).find(({ kind }) => kind === "started");
  return { compiled: started?.kind === "started" ? started.compiled : undefined, ...(await handle.result) };
}
const specOf = (seed: number, training: object = {}) =>
  smallSpec({
    init: { scheme: "xavier-normal", seed },
    training: { learningRate: 0.02, batchSize: 15, epochs: 2, seed, ...training },
  });

describe("runs one after another", () => {
  it("compile once for all of one shape, with the results of runs by themselves", async () => {
    const { runner, count } = createCountingRunner();
    const specs = [specOf(1), specOf(2), specOf(3, { learningRate: 0.05, epochs: 3, schedule: "constant" })];
    const counts: number[] = [];
    for (const spec of specs) {
      const before = count();
      const { compiled, checkpoint } = await train(runner, spec);
      counts.push(count() - before);
      expect(compiled).toBe(counts.at(-1));
      const alone = await train(createTestRunner(), spec, false);
      expect(sameBits(checkpoint.weights.theta, alone.checkpoint.weights.theta)).toBe(true);
      expect(sameBits(checkpoint.moments[0], alone.checkpoint.moments[0])).toBe(true);
      expect(checkpoint.epochs.map(({ testLoss }) => testLoss)).toEqual(
        alone.checkpoint.epochs.map(({ testLoss }) => testLoss),
      );
    }
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts.slice(1)).toEqual([0, 0]);
  });

  it("compile anew for another shape or rule, and keep nothing when not told to", async () => {
    const { runner, backend } = createCountingRunner();
    const idleBytes = backend.memory.bytes;
    await train(runner, specOf(1));
    expect((await train(runner, specOf(1, { momentum: 0.5 }))).compiled).toBeGreaterThan(0);
    expect((await train(runner, specOf(1, { momentum: 0.5, batchSize: 20 }))).compiled).toBeGreaterThan(0);
    const wider = smallSpec({ model: { name: "mlp", hidden: [9], activation: "relu" } });
    expect((await train(runner, wider)).compiled).toBeGreaterThan(0);
    expect(backend.memory.bytes).toBeGreaterThan(idleBytes);
    expect((await train(runner, wider, false)).compiled).toBe(0);
    expect(backend.memory.bytes).toBe(idleBytes);
    expect((await train(runner, wider, false)).compiled).toBeGreaterThan(0);
  });

  it("keep nothing of a cancelled run when the others were cancelled with it", async () => {
    const { runner, backend } = createCountingRunner();
    const idleBytes = backend.memory.bytes;
    const cancelled = async (isLast: boolean) => {
      const params = {
        runId: "r",
        spec: specOf(1, { epochs: 1000 }),
        backend: "reference",
        sharesPrograms: true,
      } as const;
      const handle = runner.start("train", params);
      for await (const { kind } of handle.events) {
        if (kind !== "epoch") continue;
        if (isLast) handle.control({ kind: "release" });
        handle.cancel();
      }
      return (await handle.result).status;
    };
    expect(await cancelled(false)).toBe("cancelled");
    expect(backend.memory.bytes).toBeGreaterThan(idleBytes);
    expect(await cancelled(true)).toBe("cancelled");
    expect(backend.memory.bytes).toBe(idleBytes);
  });

  it("are not trained by another loss than theirs", async () => {
    const spec = specOf(1);
    const model = modelOf(spec);
    const set = drawSyntheticImages("train", Int32Array.of(0, 1, 2, 3), 0);
    const options = {
      backend: createReferenceBackend(),
      model,
      loss: crossEntropy,
      training: { ...spec.training, batchSize: 4 },
      augment: false,
      images: { train: set, test: set },
      pixelNormalization: pixelNormalizationOf(spec),
      microBatches: (count: number) => evenMicroBatches(count, count),
      start: { weights: drawInitialWeights(model, spec.init), moments: [] },
    };
    const shelf = new TrainerShelf();
    const { trainer } = await shelf.take(options);
    shelf.put(trainer, options);
    const other = await shelf.take({ ...options, loss: meanSquaredError });
    expect(other.compiled).toBeGreaterThan(0);
    expect(other.trainer).not.toBe(trainer);
    other.trainer.dispose();
  });
});
