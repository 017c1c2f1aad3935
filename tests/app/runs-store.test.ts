import { beforeEach, describe, expect, test, vi } from "vitest";
import { createRunsStore, type RunsStore } from "../../src/app/stores/runs-store.ts";
import { createRunStore } from "../../src/experiment/storage/create-run-store.ts";
import type { RunStore } from "../../src/experiment/storage/run-store.ts";
import { sampleCheckpoint, sampleRecord } from "../experiment/storage/sample-run.ts";

let kept: RunStore;
let runs: RunsStore;
let names = 0;
const device = {
  use: async () => ({ usedBytes: 1, leftBytes: 2, persisted: false }),
  persist: async () => false,
};
const ids = () => runs.getState().runs.map(({ record }) => record.id);

beforeEach(async () => {
  kept = await createRunStore({ databaseName: `runs-store-${names++}`, openFiles: async () => null });
  for (const id of ["a", "b"]) {
    await kept.putRun({ ...sampleRecord, id });
    await kept.putCheckpoint(id, sampleCheckpoint(1));
  }
  runs = createRunsStore(Promise.resolve(kept), device);
  await runs.getState().refresh();
});

describe("the list of kept runs", () => {
  test("is read, with the room that is left", () => {
    expect(ids().sort()).toEqual(["a", "b"]);
    expect(runs.getState()).toMatchObject({ status: "ready", storage: { leftBytes: 2 }, unavailableReason: null });
  });

  test("deletes nothing that was removed until the removal is finished, and not what was brought back", async () => {
    runs.getState().remove(["a", "b"]);
    expect((await kept.listRuns()).runs).toHaveLength(2);
    runs.getState().undoRemoval(["b"]);
    await runs.getState().finishRemoval(["a", "b"]);
    expect(ids()).toEqual(["b"]);
    expect(runs.getState().removed.size).toBe(0);
    expect(await kept.getCheckpoint("a")).toBeNull();
    expect((await kept.getCheckpoint("b"))?.value.step).toBe(1);
  });

  test("does not delete what has begun to train since it was removed", async () => {
    const training = new Set(["a"]);
    const deleted: string[] = [];
    const list = createRunsStore(Promise.resolve(kept), device, {
      isTraining: (id) => training.has(id),
      onDeleted: (ids) => deleted.push(...ids),
    });
    await list.getState().refresh();
    list.getState().remove(["a", "b"]);
    await list.getState().finishRemoval(["a", "b"]);
    expect(deleted).toEqual(["b"]);
    expect([...list.getState().removed]).toEqual([]);
    expect(list.getState().runs.map(({ record }) => record.id)).toContain("a");
  });

  test("shows a label at once, and takes it back where it cannot be kept", async () => {
    const labelled = runs.getState().label("a", { name: "Best" });
    const nameOf = (id: string) => runs.getState().runs.find(({ record }) => record.id === id)?.record.name;
    expect(nameOf("a")).toBe("Best");
    await runs.getState().labelled();
    const { runs: stored } = await kept.listRuns();
    expect(stored.find(({ record }) => record.id === "a")?.record.name).toBe("Best");
    await labelled;
    await kept.deleteRun("b");
    await expect(runs.getState().label("b", { name: "Late" })).rejects.toThrow(/not kept here/);
    expect(ids()).toEqual(["a"]);
    await runs.getState().refresh();
    expect(nameOf("a")).toBe("Best");
  });

  test("leaves unchanged runs the same objects, so that their rows stay as they are", async () => {
    const before = new Map(runs.getState().runs.map((run) => [run.record.id, run]));
    await kept.labelRun("a", { colour: "red" });
    await runs.getState().refresh();
    const after = new Map(runs.getState().runs.map((run) => [run.record.id, run]));
    expect(after.get("b")).toBe(before.get("b"));
    expect(after.get("a")?.record.colour).toBe("red");
  });

  test("hears of changes by others while it is watched", async () => {
    const stop = runs.getState().watch();
    await kept.putRun({ ...sampleRecord, id: "c" });
    await vi.waitFor(() => expect(ids()).toContain("c"), 5000);
    stop();
  });

  test("says why nothing can be kept, or why the list cannot be read", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const none = createRunsStore(createRunStore({ databaseName: "none" }), device);
    await none.getState().refresh();
    vi.unstubAllGlobals();
    expect(none.getState()).toMatchObject({
      status: "ready",
      runs: [],
      unavailableReason: "This browser has no IndexedDB.",
    });
    kept.close();
    await runs.getState().refresh();
    expect(runs.getState()).toMatchObject({ status: "failed", message: expect.stringContaining("Reload the page") });
  });
});
