import { MessageChannel, type MessagePort } from "node:worker_threads";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createRunKeeper } from "../../src/app/stores/run-keeper.ts";
import { presets } from "../../src/app/stores/settings/presets.ts";
import { createRunStore } from "../../src/experiment/storage/create-run-store.ts";
import type { RunStore } from "../../src/experiment/storage/run-store.ts";
import type { TrainingCheckpoint } from "../../src/jobs/training-jobs.ts";
import { type Link, WorkerCrashedError } from "../../src/protocol/link.ts";
import { connectRunStore, serveRunStore } from "../../src/protocol/run-store-link.ts";
import { copyInPieces } from "../../src/protocol/transfer.ts";
import { sameBits } from "../models/same-bits.ts";

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function linkOf(port: MessagePort, onFailure: (listener: (error: Error) => void) => void): Link {
  return {
    post: (message, transfer) => port.postMessage(message, transfer),
    onMessage: (listener) => port.on("message", listener),
    onFailure,
    close: () => port.close(),
  };
}

function connect(open: () => Promise<RunStore>) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  let fail = (_error: Error) => {};
  serveRunStore(
    linkOf(port2, () => {}),
    open,
  );
  const store = connectRunStore(
    linkOf(port1, (listener) => {
      fail = listener;
    }),
  );
  return { store, fail: (error: Error) => fail(error) };
}

let names = 0;
const kept = () => {
  names += 1;
  return createRunStore({ databaseName: `runs-${names}`, openFiles: async () => null });
};

const { spec } = presets[0];
const checkpointAt = (step: number): TrainingCheckpoint => ({
  spec,
  step,
  weights: { theta: Float32Array.of(step, 2, 3), state: Float32Array.of(4) },
  moments: [Float32Array.of(5, 6, 7)],
  epochs: [],
  batchLosses: Float32Array.from({ length: step }, () => 1),
});
const record = { id: "a", name: "a", created: "2026-01-01T00:00:00Z", spec, status: "training", epochs: [] } as const;

describe("a store of runs behind a link", () => {
  it("keeps and returns what the store itself would, and leaves the caller its arrays", async () => {
    const store = await connect(kept).store;
    expect(store.kind).toBe("indexeddb");
    const checkpoint = checkpointAt(3);
    await store.putRun(record);
    await store.putCheckpoint("a", checkpoint);
    expect(checkpoint.weights.theta).toEqual(Float32Array.of(3, 2, 3));
    expect((await store.getCheckpoint("a"))?.value).toEqual(checkpoint);
    expect((await store.listRuns()).runs.map((run) => run.record.id)).toEqual(["a"]);
    expect(await store.getSurface("a")).toBeNull();
  });

  it("rejects with the store's named errors", async () => {
    const store = await connect(kept).store;
    await expect(store.putCheckpoint("nobody", checkpointAt(1))).rejects.toMatchObject({ name: "RunMissingError" });
  });

  it("leaves nobody waiting when the other side is gone, or cannot open", async () => {
    const { store, fail } = connect(kept);
    const opened = await store;
    const pending = opened.listRuns();
    fail(new WorkerCrashedError("gone"));
    await expect(pending).rejects.toThrow("gone");
    await expect(opened.listRuns()).rejects.toThrow("gone");
    await expect(connect(() => Promise.reject(new Error("no place"))).store).rejects.toThrow("no place");
  });
});

describe("copyInPieces", () => {
  it("copies large arrays, windows of arrays, and plain values exactly", async () => {
    const large = Float32Array.from({ length: 2_500_000 }, (_, index) => index % 97);
    const value = { large, window: large.subarray(5, 9), list: [1, "two", null], at: undefined };
    const copied = await copyInPieces(value);
    expect(sameBits(copied.large, large)).toBe(true);
    expect({ ...copied, large: null }).toEqual({ ...value, large: null });
    expect(copied.large.buffer).not.toBe(large.buffer);
    expect(copied.window.buffer.byteLength).toBe(16);
  });
});

describe("run keeper", () => {
  it("brings back the newest of the checkpoints that came in a row", async () => {
    const opened = kept();
    const errors: unknown[] = [];
    const keeper = createRunKeeper(
      () => opened,
      (error) => errors.push(error),
    );
    for (let step = 1; step <= 20; step++) keeper.keepCheckpoint("run", checkpointAt(step), "running");
    keeper.keepCheckpoint("run", checkpointAt(21), "stopped");
    const store = await opened;
    await keeper.saved();
    expect((await store.getCheckpoint("run"))?.value.step).toBe(21);
    const latest = await createRunKeeper(
      () => opened,
      (error) => errors.push(error),
    ).latest();
    expect(latest).toMatchObject({
      record: { id: "run", status: "cancelled" },
      checkpoint: { step: 21 },
      surface: null,
    });
    expect(errors).toEqual([]);
  });

  it("reports a failed save and goes on with the next", async () => {
    const store = await kept();
    let refusals = 1;
    const flaky: RunStore = {
      ...store,
      putCheckpoint: (...given) =>
        refusals-- > 0 ? Promise.reject(new Error("disk full")) : store.putCheckpoint(...given),
    };
    const errors: unknown[] = [];
    const keeper = createRunKeeper(
      async () => flaky,
      (error) => errors.push(error),
    );
    keeper.keepCheckpoint("run", checkpointAt(1), "running");
    await vi.waitFor(() => expect(errors).toEqual([new Error("disk full")]));
    keeper.keepCheckpoint("run", checkpointAt(2), "running");
    await keeper.saved();
    expect((await keeper.latest())?.checkpoint.step).toBe(2);
  });
});
