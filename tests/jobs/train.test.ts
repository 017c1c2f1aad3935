import { describe, expect, it } from "vitest";
import type { Backend } from "../../src/backends/backend.ts";
import { DeviceLostError } from "../../src/backends/backend.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { sameBits } from "../models/same-bits.ts";
import { createRoundingBackend } from "../training/small-problem.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

const params = (changes = {}) => ({ runId: "test", spec: smallSpec(), backend: "reference" as const, ...changes });

describe("the train job", () => {
  it("says what it starts, streams every loss once, every epoch, and ends with a checkpoint", async () => {
    const handle = createTestRunner().start("train", params());
    const events = await collect(handle);
    const { status, checkpoint } = await handle.result;
    expect(status).toBe("complete");
    expect(events[0]).toMatchObject({ kind: "started", steps: 12, cost: { parameters: 3072 * 8 + 8 + 80 + 10 } });
    const losses = events.flatMap((event) => (event.kind === "progress" ? [...event.batchLosses] : []));
    expect(Float32Array.from(losses)).toEqual(checkpoint.batchLosses);
    for (const event of events) {
      if (event.kind === "progress") expect(event.firstLossStep + event.batchLosses.length).toBe(event.step);
    }
    const epochs = events.flatMap((event) => (event.kind === "epoch" ? [event.metrics] : []));
    expect(epochs).toEqual(checkpoint.epochs);
    expect(checkpoint.step).toBe(12);
    expect(epochs[2].trainLoss).toBeLessThan(epochs[0].trainLoss);
  });

  it("goes on from its checkpoint to the same end", async () => {
    const createBackend = async () => ({ backend: createRoundingBackend() });
    const whole = await createTestRunner({ createBackend }).start("train", params()).result;
    const runner = createTestRunner({ createBackend });
    const cut = runner.start("train", params({ paused: true }));
    for (let i = 0; i < 5; i++) cut.control({ kind: "step" });
    for await (const event of cut.events) {
      if (event.kind === "progress" && event.paused && event.step === 5) cut.cancel();
    }
    const { status, checkpoint } = await cut.result;
    expect([status, checkpoint.step]).toEqual(["cancelled", 5]);
    const resumed = await runner.start("train", params({ resume: checkpoint })).result;
    expect(sameBits(resumed.checkpoint.weights.theta, whole.checkpoint.weights.theta)).toBe(true);
    expect(sameBits(resumed.checkpoint.batchLosses, whole.checkpoint.batchLosses)).toBe(true);
  });

  it("refuses a checkpoint of another model", async () => {
    const runner = createTestRunner();
    const { checkpoint } = await runner.start("train", params()).result;
    const spec = smallSpec({ model: { name: "mlp", hidden: [9], activation: "relu" } });
    await expect(runner.start("train", params({ spec, resume: checkpoint })).result).rejects.toThrow(
      "These weights are not those of MLP 9, ReLU (10 classes)",
    );
  });

  it("reports a lost device, keeps the last checkpoint, and gets a new device next time", async () => {
    let made = 0;
    const createBackend = async () => {
      made++;
      const backend = createReferenceBackend();
      return { backend: made === 1 ? losingBackend(backend, 6) : backend };
    };
    const runner = createTestRunner({ createBackend });
    const handle = runner.start("train", params({ paused: true }));
    for (let i = 0; i < 3; i++) handle.control({ kind: "step" });
    const kept = [];
    for await (const event of handle.events) {
      if (event.kind === "checkpoint") kept.push(event.checkpoint);
      if (event.kind === "progress" && event.paused && event.step === 3) handle.control({ kind: "resume" });
    }
    await expect(handle.result).rejects.toBeInstanceOf(DeviceLostError);
    const last = kept[kept.length - 1];
    expect(last.step).toBe(3);
    const { status, checkpoint } = await runner.start("train", params({ resume: last })).result;
    expect([status, checkpoint.step, made]).toEqual(["complete", 12, 2]);
  });
});

/** A backend whose device goes away at its run number `runs`. */
function losingBackend(backend: Backend, runs: number): Backend {
  let left = runs;
  let lose = (_: DeviceLostError) => {};
  const lost = new Promise<DeviceLostError>((resolve) => {
    lose = resolve;
  });
  const compile: Backend["compile"] = async (program, bindings) => {
    const executable = await backend.compile(program, bindings);
    return {
      statistics: executable.statistics,
      dispose: () => executable.dispose(),
      async run(feeds) {
        if (left-- > 0) return executable.run(feeds);
        const error = new DeviceLostError("The graphics device was reset.");
        lose(error);
        throw error;
      },
    };
  };
  return {
    kind: backend.kind,
    description: backend.description,
    memory: backend.memory,
    lost,
    compile,
    createTensor: (type, data, label) => backend.createTensor(type, data, label),
    write: (tensor, data) => backend.write(tensor, data),
    read: (tensor) => backend.read(tensor),
    idle: () => backend.idle(),
    dispose: () => backend.dispose(),
  };
}
