import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cdp } from "vitest/browser";
import { StorageFullError } from "../../../src/experiment/experiment-error.ts";
import { createRunStore } from "../../../src/experiment/storage/create-run-store.ts";
import { openRunDatabase, type SlotName } from "../../../src/experiment/storage/run-database.ts";
import type { RunStore } from "../../../src/experiment/storage/run-store.ts";
import { sampleSurface } from "../samples.ts";
import { sampleCheckpoint, sampleRecord } from "./sample-run.ts";

const databaseName = `browser-test-${Math.random().toString(36).slice(2)}`;
let store: RunStore;

beforeEach(async () => {
  store = await createRunStore({ databaseName });
  await store.putRun(sampleRecord);
});
afterEach(async () => {
  await store.deleteRun("run-1");
  store.close();
});

async function folder(): Promise<FileSystemDirectoryHandle> {
  return (await navigator.storage.getDirectory()).getDirectoryHandle("basin-runs");
}

async function fileNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await folder()).keys()) names.push(name);
  return names;
}

async function currentFile(slot: SlotName): Promise<string> {
  const database = await openRunDatabase(databaseName);
  const { current } = (await database.get("slots", ["run-1", slot]))!;
  database.close();
  return current.file;
}

function askWorker(
  steps: readonly number[],
): Promise<{ kind: string; stored: Awaited<ReturnType<RunStore["getCheckpoint"]>> }> {
  const worker = new Worker(new URL("./store-worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ databaseName, steps });
  });
}

describe("in Chromium's own storage", () => {
  test("checkpoints and surfaces are files in OPFS, and come back", async () => {
    expect(store.kind).toBe("opfs");
    for (const step of [1, 2, 3]) await store.putCheckpoint("run-1", sampleCheckpoint(step));
    await store.putSurface("run-1", sampleSurface);
    expect((await store.getCheckpoint("run-1"))?.value).toEqual(sampleCheckpoint(3));
    expect((await store.getSurface("run-1"))?.value).toEqual(sampleSurface);
    expect(await fileNames()).toHaveLength(3);
    await store.deleteRun("run-1");
    expect(await fileNames()).toEqual([]);
  });

  test("what the page saved a worker reads, and the reverse", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(4));
    const first = await askWorker([]);
    expect(first.kind).toBe("opfs");
    expect(first.stored?.value).toEqual(sampleCheckpoint(4));
    await askWorker([5]);
    expect((await store.getCheckpoint("run-1"))?.value).toEqual(sampleCheckpoint(5));
  });

  test("page and workers that save one run at once leave whole files, two of them", async () => {
    const own = (async () => {
      for (const step of [10, 11, 12, 13]) await store.putCheckpoint("run-1", sampleCheckpoint(step));
    })();
    const answers = await Promise.all([askWorker([20, 21, 22, 23]), askWorker([30, 31, 32, 33]), own]);
    for (const answer of answers) if (answer) expect(answer.stored?.warning).toBeNull();
    const stored = await store.getCheckpoint("run-1");
    expect(stored?.value).toEqual(sampleCheckpoint(stored?.value.step ?? -1));
    expect(await fileNames()).toHaveLength(2);
  });

  test("a truncated file gives the checkpoint before it", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(1));
    await store.putCheckpoint("run-1", sampleCheckpoint(2));
    const handle = await (await folder()).getFileHandle(await currentFile("checkpoint"));
    const stream = await handle.createWritable({ keepExistingData: true });
    await stream.truncate(100);
    await stream.close();
    const stored = await store.getCheckpoint("run-1");
    expect(stored?.value).toEqual(sampleCheckpoint(1));
    expect(stored?.warning).toContain("its file has 100 bytes");
  });

  test("a full disk is a named error, and the checkpoint from before stays", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(1));
    const session = cdp() as unknown as { send(method: string, params: object): Promise<unknown> };
    const { usage = 0 } = await navigator.storage.estimate();
    await session.send("Storage.overrideQuotaForOrigin", { origin: location.origin, quotaSize: usage + 1_000_000 });
    try {
      const large = { ...sampleCheckpoint(2), moments: [new Float32Array(4_000_000)] };
      await expect(store.putCheckpoint("run-1", large)).rejects.toThrow(StorageFullError);
      expect((await store.getCheckpoint("run-1"))?.value).toEqual(sampleCheckpoint(1));
      expect(await fileNames()).toHaveLength(1);
    } finally {
      await session.send("Storage.overrideQuotaForOrigin", { origin: location.origin });
    }
    await store.putCheckpoint("run-1", sampleCheckpoint(3));
    expect((await store.getCheckpoint("run-1"))?.value.step).toBe(3);
  });
});
