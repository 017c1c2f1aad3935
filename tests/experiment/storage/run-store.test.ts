import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  CorruptRunError,
  NewerVersionError,
  RunMissingError,
  StorageFullError,
  StorageRefusedError,
} from "../../../src/experiment/experiment-error.ts";
import { resultNames } from "../../../src/experiment/measurements/list.ts";
import { createRunStore } from "../../../src/experiment/storage/create-run-store.ts";
import { onRunChange } from "../../../src/experiment/storage/run-changes.ts";
import { openRunDatabase } from "../../../src/experiment/storage/run-database.ts";
import type { RunStore } from "../../../src/experiment/storage/run-store.ts";
import { sampleLine, sampleSurface } from "../samples.ts";
import { type MemoryFiles, memoryFiles } from "./memory-files.ts";
import { sampleResults } from "./sample-results.ts";
import { sampleCheckpoint, sampleRecord } from "./sample-run.ts";

let files: MemoryFiles;
let store: RunStore;
let databaseName: string;
let clock: number;
let databases = 0;

beforeEach(async () => {
  files = memoryFiles();
  clock = 1000;
  databaseName = `test-${databases++}`;
  store = await createRunStore({ databaseName, openFiles: async () => files, now: () => clock++ });
  await store.putRun(sampleRecord);
});
afterEach(() => {
  store.close();
  vi.unstubAllGlobals();
});

const stepOf = async () => (await store.getCheckpoint("run-1"))?.value.step;

/** The slot's files, the older first. */
const fileNames = () => [...files.contents.keys()];

describe("keeping runs", () => {
  test("a record comes back, the one saved last first", async () => {
    await store.putRun({ ...sampleRecord, id: "run-2", name: "Second", status: "complete", epochs: [] });
    const { runs, damaged } = await store.listRuns();
    expect(damaged).toEqual([]);
    expect(runs.map(({ record }) => record.name)).toEqual(["Second", "First"]);
    expect(runs[1]).toMatchObject({ record: sampleRecord, hasCheckpoint: false, hasSurface: false });
    await store.putCheckpoint("run-1", sampleCheckpoint(5));
    const again = (await store.listRuns()).runs;
    expect(again.map(({ record, hasCheckpoint }) => [record.name, hasCheckpoint])).toEqual([
      ["First", true],
      ["Second", false],
    ]);
  });

  test("a checkpoint comes back bit by bit, in buffers of its own", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(5));
    const stored = await store.getCheckpoint("run-1");
    expect(stored).toEqual({ value: sampleCheckpoint(5), savedAt: expect.any(Number), warning: null });
    const arrays = [stored!.value.weights.theta, stored!.value.weights.state, ...stored!.value.moments];
    expect(new Set(arrays.map(({ buffer }) => buffer)).size).toBe(4);
    for (const array of arrays) expect(array.byteLength).toBe(array.buffer.byteLength);
  });

  test("a whole surface, a partial one and a line", async () => {
    await store.putSurface("run-1", sampleLine);
    expect((await store.getSurface("run-1"))?.value).toEqual(sampleLine);
    const around = { ...sampleSurface, step: 12 };
    await store.putSurface("run-1", around);
    expect((await store.getSurface("run-1"))?.value).toEqual(around);
    expect((await store.listRuns()).runs[0]).toMatchObject({ hasCheckpoint: false, hasSurface: true });
  });

  test.each(resultNames)("a result: %s", async (name) => {
    const kept = { step: 7, result: sampleResults[name] };
    await store.putResult("run-1", name, kept);
    expect((await store.getResult("run-1", name))?.value).toEqual(kept);
    const [run] = (await store.listRuns()).runs;
    expect(run).toMatchObject({ results: [name], hasCheckpoint: false, hasSurface: false });
    await store.deleteRun("run-1");
    expect(fileNames()).toEqual([]);
    expect(await store.getResult("run-1", name)).toBeNull();
  });

  test("a spectrum from before its history was kept is read as it is", async () => {
    const { history: _, ...older } = sampleResults.spectrum;
    await store.putResult("run-1", "spectrum", { step: 3, result: older });
    expect((await store.getResult("run-1", "spectrum"))?.value.result).toEqual(older);
  });

  test("a path's points come back in order of their steps, and go with their run", async () => {
    const pointOf = (step: number) => ({
      step,
      weights: { theta: Float32Array.of(step, 0.1, Number.NaN), state: Float32Array.of(1 / 3) },
    });
    expect(await store.getTrajectory("run-1")).toBeNull();
    for (const step of [0, 120, 20, 9]) await store.putTrajectoryPoint("run-1", pointOf(step));
    await store.putTrajectoryPoint("run-1", pointOf(20));
    const kept = await store.getTrajectory("run-1");
    expect(kept).toMatchObject({ value: [0, 9, 20, 120].map(pointOf), warning: null });
    expect((await store.listRuns()).runs[0]).toMatchObject({ trajectoryPoints: 4, results: [], hasCheckpoint: false });
    // The point that came twice takes the room of one.
    expect(fileNames().length).toBe(4);
    for (const name of fileNames().filter((file) => file.includes("point-9."))) files.contents.delete(name);
    const rest = await store.getTrajectory("run-1");
    expect(rest?.value.map(({ step }) => step)).toEqual([0, 20, 120]);
    expect(rest?.warning).toMatch(/^1 points of the path.*run-1, point-9/i);
    await store.putRun({ ...sampleRecord, id: "run-10" });
    await store.putTrajectoryPoint("run-10", pointOf(3));
    await store.deleteRun("run-1");
    expect(await store.getTrajectory("run-1")).toBeNull();
    expect((await store.getTrajectory("run-10"))?.value).toHaveLength(1);
    await expect(store.putTrajectoryPoint("run-1", pointOf(1))).rejects.toThrow(RunMissingError);
  });

  test("a result that is not what its name says is refused", async () => {
    const { vectors: _, ...rest } = sampleResults.spectrum;
    const wrong = { step: 7, result: { ...rest, vectors: [] } };
    await store.putResult("run-1", "spectrum", wrong);
    await expect(store.getResult("run-1", "spectrum")).rejects.toThrow(/run-1, spectrum.*differ in number/is);
  });

  test("nothing is kept of a run until something was put", async () => {
    expect(await store.getCheckpoint("run-1")).toBeNull();
    expect(await store.getSurface("unknown")).toBeNull();
    await expect(store.putCheckpoint("unknown", sampleCheckpoint(1))).rejects.toThrow(RunMissingError);
    expect(fileNames()).toEqual([]);
  });

  test("two checkpoints are kept, however many were put", async () => {
    for (let step = 1; step <= 5; step++) await store.putCheckpoint("run-1", sampleCheckpoint(step));
    expect(await stepOf()).toBe(5);
    expect(fileNames()).toHaveLength(2);
  });

  test("a deleted run is gone with its files, and no other", async () => {
    for (const id of ["run-1", "run-1@checkpoint.", "run-10"]) {
      await store.putRun({ ...sampleRecord, id });
      await store.putCheckpoint(id, sampleCheckpoint(1));
      await store.putSurface(id, sampleSurface);
    }
    expect(fileNames()).toHaveLength(6);
    await store.deleteRun("run-1");
    expect(fileNames()).toHaveLength(4);
    expect((await store.listRuns()).runs.map(({ record }) => record.id)).toEqual(["run-10", "run-1@checkpoint."]);
    expect(await store.getCheckpoint("run-1")).toBeNull();
    expect((await store.getCheckpoint("run-10"))?.value.step).toBe(1);
    await store.deleteRun("run-1");
  });

  test("another opening of the store sees the same", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(3));
    store.close();
    store = await createRunStore({ databaseName, openFiles: async () => files });
    expect(await stepOf()).toBe(3);
    expect((await store.listRuns()).runs.map(({ record }) => record)).toEqual([sampleRecord]);
  });
});

describe("what a person says about a run", () => {
  const labels = { name: "Best so far", colour: "teal", note: "two\nlines", tags: ["seeds", "σ"] } as const;

  test("is kept, does not count as a save, and outlasts what training saves after it", async () => {
    await store.putRun({ ...sampleRecord, id: "run-2" });
    await store.labelRun("run-1", labels);
    expect((await store.listRuns()).runs.map(({ record }) => record.id)).toEqual(["run-2", "run-1"]);
    await store.putRun({ ...sampleRecord, created: "2027", status: "complete", epochs: [] });
    const [run] = (await store.listRuns()).runs;
    expect(run.record).toEqual({ ...sampleRecord, ...labels, status: "complete", epochs: [] });
  });

  test("one label leaves the others, and two at once lose none", async () => {
    await Promise.all([store.labelRun("run-1", { colour: "red" }), store.labelRun("run-1", { tags: ["a"] })]);
    expect((await store.listRuns()).runs[0].record).toEqual({ ...sampleRecord, colour: "red", tags: ["a"] });
  });

  test("needs a run", async () => {
    await expect(store.labelRun("unknown", labels)).rejects.toThrow(RunMissingError);
    expect((await store.listRuns()).runs).toHaveLength(1);
  });
});

describe("records of other versions", () => {
  const rewrite = async (change: (record: Record<string, unknown>) => Record<string, unknown>) => {
    const database = await openRunDatabase(databaseName);
    const row = (await database.get("runs", "run-1"))!;
    await database.put("runs", { ...row, record: change(row.record as Record<string, unknown>) }, "run-1");
    database.close();
  };

  test("one from before colours, notes and tags has none of them", async () => {
    await rewrite(({ version: _v, colour: _c, note: _n, tags: _t, ...old }) => old);
    expect((await store.listRuns()).runs.map(({ record }) => record)).toEqual([sampleRecord]);
  });

  test("a newer one is listed with the reason, and nothing of it is overwritten or lost", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(3));
    const bytes = [...files.contents.values()][0].length;
    await rewrite((record) => ({ ...record, version: 3, epochs: { other: true } }));
    const { runs, damaged } = await store.listRuns();
    expect(runs).toEqual([]);
    expect(damaged).toEqual([{ id: "run-1", error: expect.any(NewerVersionError), bytes }]);
    expect(damaged[0].error.message).toMatch(/format version 3, and this version of Basin reads up to 2\. Reload/);
    await expect(store.putRun(sampleRecord)).rejects.toThrow(NewerVersionError);
    await expect(store.labelRun("run-1", { name: "x" })).rejects.toThrow(NewerVersionError);
    await rewrite((record) => {
      expect(record).toMatchObject({ version: 3, name: "First", epochs: { other: true } });
      return record;
    });
    expect(await stepOf()).toBe(3);
  });
});

test("a run takes the bytes of all its files, those in reserve too", async () => {
  const bytes = async () => (await store.listRuns()).runs[0].bytes;
  expect(await bytes()).toBe(0);
  for (const step of [1, 2, 3]) await store.putCheckpoint("run-1", sampleCheckpoint(step));
  await store.putSurface("run-1", sampleSurface);
  expect(await bytes()).toBe([...files.contents.values()].reduce((sum, { length }) => sum + length, 0));
});

test("every change is told to other tabs, by the run's id; a refused one is not", async () => {
  const heard: string[] = [];
  const stop = onRunChange((runId) => heard.push(runId));
  await store.putRun({ ...sampleRecord, id: "run-2" });
  await store.labelRun("run-2", { name: "x" });
  await store.putCheckpoint("run-1", sampleCheckpoint(1));
  await expect(store.putCheckpoint("unknown", sampleCheckpoint(1))).rejects.toThrow(RunMissingError);
  await store.deleteRun("run-1");
  await vi.waitFor(() => expect(heard).toEqual(["run-2", "run-2", "run-1", "run-1"]));
  stop();
});

describe("a full disk", () => {
  const pointOf = (step: number) => ({
    step,
    weights: { theta: new Float32Array(600).fill(step), state: new Float32Array(2) },
  });
  const steps = async () => (await store.getTrajectory("run-1"))?.value.map(({ step }) => step) ?? [];
  const bytesKept = () => [...files.contents.values()].reduce((sum, { length }) => sum + length, 0);

  test("refuses a point of a path, and what is kept stays", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(1));
    await store.putTrajectoryPoint("run-1", pointOf(0));
    files.capacity = bytesKept() + 100;
    await expect(store.putTrajectoryPoint("run-1", pointOf(1))).rejects.toThrow(StorageFullError);
    expect([await stepOf(), await steps()]).toEqual([1, [0]]);
    expect(fileNames().length).toBe(2);
  });

  test("a checkpoint and a result take the room of the path's last points", async () => {
    for (const step of [1, 2]) await store.putCheckpoint("run-1", sampleCheckpoint(step));
    for (const step of [0, 4, 20]) await store.putTrajectoryPoint("run-1", pointOf(step));
    await store.putRun({ ...sampleRecord, id: "run-10" });
    await store.putTrajectoryPoint("run-10", pointOf(7));
    files.capacity = bytesKept();
    const { density } = sampleResults;
    expect(await store.putResult("run-1", "density", { step: 2, result: density })).toEqual([20]);
    expect(await steps()).toEqual([0, 4]);
    expect((await store.getResult("run-1", "density"))?.value.result).toEqual(density);
    files.capacity = bytesKept() - 1;
    await store.putCheckpoint("run-1", sampleCheckpoint(3));
    expect(await stepOf()).toBe(3);
    // Another run's path is not its to take.
    expect((await store.getTrajectory("run-10"))?.value.length).toBe(1);
  });

  test("takes no point of a path where all of them together would not make room, nor more than is to be saved", async () => {
    const large = (step: number) => ({ ...pointOf(step), weights: { ...sampleCheckpoint(step).weights } });
    await store.putCheckpoint("run-1", sampleCheckpoint(3));
    await store.putTrajectoryPoint("run-1", pointOf(0));
    files.capacity = 10;
    await expect(store.putCheckpoint("run-1", sampleCheckpoint(4))).rejects.toThrow(StorageFullError);
    expect([await stepOf(), await steps()]).toEqual([3, [0]]);
    files.capacity = Number.POSITIVE_INFINITY;
    for (const step of [4, 8, 12, 16, 20, 24, 28]) await store.putTrajectoryPoint("run-1", large(step));
    files.capacity = 10;
    await expect(store.putCheckpoint("run-1", sampleCheckpoint(4))).rejects.toThrow(StorageFullError);
    expect([await stepOf(), (await steps()).slice(0, 3)]).toEqual([3, [0, 4, 8]]);
  });

  test("in the first save leaves nothing behind", async () => {
    files.capacity = 5000;
    await expect(store.putCheckpoint("run-1", sampleCheckpoint(1))).rejects.toThrow(StorageFullError);
    expect(fileNames()).toEqual([]);
    expect(await store.getCheckpoint("run-1")).toBeNull();
  });

  test("in mid-write keeps the checkpoint from before and says what to do", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(1));
    files.capacity = files.contents.get(fileNames()[0])!.length + 5000;
    await expect(store.putCheckpoint("run-1", sampleCheckpoint(2))).rejects.toThrow(
      "The browser's storage: There is no room left; what was saved before is kept. Delete runs that are no longer needed",
    );
    expect(await stepOf()).toBe(1);
    expect(fileNames()).toHaveLength(1);
    files.capacity = Number.POSITIVE_INFINITY;
    await store.putCheckpoint("run-1", sampleCheckpoint(2));
    expect(await stepOf()).toBe(2);
  });

  test("makes the older of two copies give way to the new one", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(1));
    await store.putCheckpoint("run-1", sampleCheckpoint(2));
    files.capacity = [...files.contents.values()].reduce((sum, { length }) => sum + length, 0) + 5000;
    await store.putCheckpoint("run-1", sampleCheckpoint(3));
    expect(await stepOf()).toBe(3);
    files.contents.delete(fileNames().at(-1)!);
    expect(await stepOf()).toBe(2);
  });

  test("that cuts a file without an error is noticed", async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(1));
    files.silentLimit = 4096;
    await expect(store.putCheckpoint("run-1", sampleCheckpoint(2))).rejects.toThrow(/It kept 4096 of \d+ bytes\./);
    expect(await stepOf()).toBe(1);
    expect(fileNames()).toHaveLength(1);
  });
});

test("storage refused in mid-write is a named error, and the checkpoint from before stays", async () => {
  await store.putCheckpoint("run-1", sampleCheckpoint(1));
  files.nextFault = new DOMException("not now", "NotAllowedError");
  await expect(store.putCheckpoint("run-1", sampleCheckpoint(2))).rejects.toThrow(StorageRefusedError);
  expect(await stepOf()).toBe(1);
});

test("an error that is not the storage's is handed on as it is", async () => {
  const fault = new RangeError("a bug");
  vi.spyOn(files, "write").mockRejectedValueOnce(fault);
  await expect(store.putCheckpoint("run-1", sampleCheckpoint(2))).rejects.toBe(fault);
});

test("a tab that dies between writing and switching leaves the old checkpoint, and its rest is swept", async () => {
  await store.putCheckpoint("run-1", sampleCheckpoint(1));
  const [name] = fileNames();
  files.contents.set(name.replace(/\.[^.]*$/, ".torn"), new Uint8Array(100));
  expect(await stepOf()).toBe(1);
  await store.putCheckpoint("run-1", sampleCheckpoint(2));
  expect(fileNames().filter((file) => file.endsWith("torn"))).toEqual([]);
  expect(await stepOf()).toBe(2);
});

describe("damaged files", () => {
  beforeEach(async () => {
    await store.putCheckpoint("run-1", sampleCheckpoint(1));
    await store.putCheckpoint("run-1", sampleCheckpoint(2));
  });
  const damage = (name: string, change: (bytes: Uint8Array) => Uint8Array | null) => {
    const changed = change(files.contents.get(name)!.slice());
    if (changed) files.contents.set(name, changed);
    else files.contents.delete(name);
  };
  const flip = (bytes: Uint8Array) => {
    bytes[bytes.length >> 1] ^= 1;
    return bytes;
  };

  test.each([
    ["truncated", (bytes: Uint8Array) => bytes.subarray(0, -1), /its file has \d+ bytes where \d+ were written/],
    ["missing", () => null, /its file is missing/],
    ["changed in one bit", flip, /its file was changed since it was written/],
    ["emptied", () => new Uint8Array(0), /its file has 0 bytes/],
  ])("the latest %s: the one before it is given, with a warning", async (_, change, reason) => {
    damage(fileNames()[1], change);
    const stored = await store.getCheckpoint("run-1");
    expect(stored?.value).toEqual(sampleCheckpoint(1));
    expect(stored?.warning).toMatch(reason);
    expect(stored?.warning).toMatch(/^The latest save can't be used: .* This is the one before it\.$/);
  });

  test("unreadable by the disk: the same", async () => {
    vi.spyOn(files, "read").mockRejectedValueOnce(new DOMException("I/O", "NotReadableError"));
    expect((await store.getCheckpoint("run-1"))?.value.step).toBe(1);
  });

  test("both damaged: a named error with both reasons", async () => {
    damage(fileNames()[1], flip);
    damage(fileNames()[0], () => null);
    const failing = store.getCheckpoint("run-1");
    await expect(failing).rejects.toThrow(CorruptRunError);
    await expect(failing).rejects.toThrow(
      "Run run-1, checkpoint: It can't be read: its file was changed since it was written; and the save before it: its file is missing.",
    );
    await store.putCheckpoint("run-1", sampleCheckpoint(3));
    expect(await stepOf()).toBe(3);
  });
});

test("a record of another version is listed as damaged, and the others are read", async () => {
  const database = await openRunDatabase(databaseName);
  await database.put("runs", { record: { id: "old", spec: { model: "lenet" } }, savedAt: 1 }, "old");
  database.close();
  const { runs, damaged } = await store.listRuns();
  expect(runs.map(({ record }) => record.id)).toEqual(["run-1"]);
  expect(damaged.map(({ id }) => id)).toEqual(["old"]);
  expect(damaged[0].error).toBeInstanceOf(CorruptRunError);
});

describe("several writers", () => {
  test("saves of one run from two stores come one after the other, and the last is whole", async () => {
    const other = await createRunStore({ databaseName, openFiles: async () => files });
    const write = files.write;
    let writing = 0;
    vi.spyOn(files, "write").mockImplementation(async (name, parts) => {
      expect(++writing).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      await write(name, parts);
      writing--;
    });
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((step) => (step % 2 ? store : other).putCheckpoint("run-1", sampleCheckpoint(step))),
    );
    expect(await stepOf()).toBe(6);
    expect(fileNames()).toHaveLength(2);
    other.close();
  });

  test("a failed save does not hold up the next", async () => {
    files.nextFault = new DOMException("no", "NotAllowedError");
    const results = await Promise.allSettled([
      store.putCheckpoint("run-1", sampleCheckpoint(1)),
      store.putCheckpoint("run-1", sampleCheckpoint(2)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(await stepOf()).toBe(2);
  });
});

describe("browsers with less", () => {
  test("without OPFS, files are in IndexedDB", async () => {
    const fallback = await createRunStore({ databaseName: `${databaseName}-fallback`, now: () => clock++ });
    expect(fallback.kind).toBe("indexeddb");
    await fallback.putRun(sampleRecord);
    for (const step of [1, 2, 3]) await fallback.putCheckpoint("run-1", sampleCheckpoint(step));
    expect((await fallback.getCheckpoint("run-1"))?.value).toEqual(sampleCheckpoint(3));
    const database = await openRunDatabase(`${databaseName}-fallback`);
    const names = await database.getAllKeys("files");
    expect(names).toHaveLength(2);
    const latest = (await database.get("slots", ["run-1", "checkpoint"]))!.current.file;
    await database.put("files", new Uint8Array(10), latest);
    expect((await fallback.getCheckpoint("run-1"))?.value.step).toBe(2);
    await fallback.deleteRun("run-1");
    expect(await database.getAllKeys("files")).toEqual([]);
    database.close();
    fallback.close();
  });

  test("without IndexedDB the store says so, and refuses by name", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const none = await createRunStore({ openFiles: async () => files });
    expect(none.kind).toBe("unavailable");
    expect(none.unavailableReason).toBe("This browser has no IndexedDB.");
    expect(await none.listRuns()).toEqual({ runs: [], damaged: [] });
    expect(await none.getCheckpoint("run-1")).toBeNull();
    await expect(none.putRun(sampleRecord)).rejects.toThrow(StorageRefusedError);
    await expect(none.putCheckpoint("run-1", sampleCheckpoint(1))).rejects.toThrow("This browser has no IndexedDB.");
  });

  test("where IndexedDB is refused, likewise", async () => {
    const refuse = () => {
      throw new DOMException("blocked by the user", "SecurityError");
    };
    vi.stubGlobal("indexedDB", { open: refuse });
    const none = await createRunStore({ openFiles: async () => files });
    expect(none.unavailableReason).toBe("The browser refuses to keep data (SecurityError: blocked by the user).");
  });

  test("a store that was closed says that the page must be reloaded", async () => {
    store.close();
    await expect(store.putRun(sampleRecord)).rejects.toThrow(StorageRefusedError);
    await expect(store.putRun(sampleRecord)).rejects.toThrow("Reload the page.");
  });
});
