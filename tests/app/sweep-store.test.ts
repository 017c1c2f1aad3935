import { describe, expect, it, vi } from "vitest";
import { createRunKeeper } from "../../src/app/stores/run-keeper.ts";
import { type SweepItem, sweepProgress } from "../../src/app/stores/sweep/item.ts";
import { createSweepMemory, type TextStorage } from "../../src/app/stores/sweep/memory.ts";
import { createSweepStore, type SweepServices, type SweepStore } from "../../src/app/stores/sweep/sweep-store.ts";
import { createTabLocks, sweepLock, trainingLock } from "../../src/app/stores/tab-locks.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import type { RunRecord } from "../../src/experiment/storage/run-record.ts";
import type { RunStore } from "../../src/experiment/storage/run-store.ts";
import { parseSweep } from "../../src/experiment/sweep-parse.ts";
import type { JobParams, JobRunner } from "../../src/jobs/jobs.ts";
import type { TrainingCheckpoint } from "../../src/jobs/training-jobs.ts";
import { createFakeLocks } from "./fake-locks.ts";
import { createFakeRunner, type FakeOptions } from "./fake-runner.ts";

const base = {
  model: { name: "mlp", hidden: [8] },
  data: { source: "synthetic", train: { count: 40, select: "balanced" }, test: { count: 20 } },
  training: { batchSize: 10, epochs: 3 },
};
const seeds = (...seed: number[]) => parseSweep({ name: "seeds", base, axes: { seed } });

/** Records and checkpoints only, for as long as the object lives. */
function memoryRuns(records = new Map<string, RunRecord>(), checkpoints = new Map<string, TrainingCheckpoint>()) {
  const store: Partial<RunStore> = {
    listRuns: async () => ({
      runs: [...records.values()].map((record) => ({
        record,
        savedAt: 0,
        hasCheckpoint: checkpoints.has(record.id),
        hasSurface: false,
        trajectoryPoints: 0,
        results: [],
        bytes: 0,
      })),
      damaged: [],
    }),
    putRun: async (run) => void records.set(run.id, { colour: null, note: "", tags: [], ...run }),
    putCheckpoint: async (id, checkpoint) => {
      checkpoints.set(id, checkpoint);
      return [];
    },
    getCheckpoint: async (id) => {
      const value = checkpoints.get(id);
      return value ? { value, warning: null, savedAt: 0 } : null;
    },
  };
  return { records, checkpoints, open: async () => store as RunStore };
}

function textStorage(texts = new Map<string, string>()): TextStorage & { readonly texts: Map<string, string> } {
  return {
    texts,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: (key) => void texts.delete(key),
  };
}

interface Visit {
  readonly store: SweepStore;
  readonly trained: JobParams<"train">[];
  readonly errors: unknown[];
}

/** What a visit to the page makes, over storage that outlives it. */
function createBrowser(runs = memoryRuns(), storage = textStorage()) {
  const visit = (options: Partial<FakeOptions> = {}, changes: Partial<SweepServices> = {}): Visit => {
    const trained: JobParams<"train">[] = [];
    const errors: unknown[] = [];
    const fake = createFakeRunner({ speed: Number.POSITIVE_INFINITY, ...options });
    const runner: JobRunner = {
      start(name, params) {
        if (name === "train") trained.push(params as JobParams<"train">);
        return fake.start(name, params);
      },
    };
    let made = 0;
    const store = createSweepStore({
      runner: () => runner,
      backend: "auto",
      keeper: createRunKeeper(runs.open, (error) => errors.push(error)),
      memory: createSweepMemory(() => storage),
      locks: createTabLocks(undefined),
      newRunId: () => `run ${++made}`,
      onError: (error) => errors.push(error),
      ...changes,
    });
    return { store, trained, errors };
  };
  /** The same browser as it is now, whatever goes on in this one. */
  const frozen = () =>
    createBrowser(memoryRuns(new Map(runs.records), new Map(runs.checkpoints)), textStorage(new Map(storage.texts)));
  return { visit, runs, storage, frozen };
}

const statuses = (store: SweepStore) => store.getState().items.map(({ status }) => status);
const until = (store: SweepStore, holds: (items: readonly SweepItem[]) => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      const { items } = store.getState();
      if (items.length === 0 || !holds(items)) return;
      stop();
      resolve();
    };
    const stop = store.subscribe(look);
    look();
  });
const seedIs = (seed: number) => (spec: Spec) => spec.init.seed === seed;

describe("a sweep", () => {
  it("trains its runs one after another, and keeps each as a run named by what differs", async () => {
    const { visit, runs } = createBrowser();
    const { store, trained, errors } = visit();
    let together = 0;
    store.subscribe(({ items }) => {
      together = Math.max(together, items.filter(({ status }) => status === "running").length);
    });
    await store.getState().start(seeds(5, 6, 7), null);
    expect(errors).toEqual([]);
    expect(statuses(store)).toEqual(["complete", "complete", "complete"]);
    expect(store.getState().status).toBe("ended");
    expect(together).toBe(1);
    expect(trained.map(({ spec, runId, sharesPrograms }) => [spec.init.seed, runId, sharesPrograms])).toEqual([
      [5, "run 1", true],
      [6, "run 2", true],
      [7, "run 3", false],
    ]);
    await expect.poll(() => [...runs.records.values()].map(({ status }) => status)).toEqual(Array(3).fill("complete"));
    expect([...runs.records.values()].map(({ name, tags }) => [name, tags])).toEqual([
      ["seed 5", ["seeds"]],
      ["seed 6", ["seeds"]],
      ["seed 7", ["seeds"]],
    ]);
    for (const { epochs } of store.getState().items) expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(runs.checkpoints.get("run 3")?.step).toBe(12);
  });

  it("goes on past a run that fails and one whose loss is not finite, and says why", async () => {
    const { visit } = createBrowser();
    const { store } = visit({
      failTraining: { afterSteps: 5, error: new Error("The device was lost."), of: seedIs(1) },
      diverges: seedIs(2),
    });
    await store.getState().start(seeds(1, 2, 3), null);
    expect(store.getState().items.map(({ status, message }) => [status, message])).toEqual([
      ["failed", "The device was lost."],
      ["non-finite", "The batch loss became NaN at step 4."],
      ["complete", null],
    ]);
  });

  it("tries a failed run again from its last checkpoint, and not what diverged or is done", async () => {
    const { visit } = createBrowser();
    let broken = true;
    const { store, trained } = visit({
      failTraining: { afterSteps: 9, error: new Error("lost"), of: (spec) => broken && seedIs(1)(spec) },
      diverges: seedIs(2),
    });
    await store.getState().start(seeds(1, 2, 3), null);
    broken = false;
    await store.getState().retryAll();
    expect(statuses(store)).toEqual(["complete", "non-finite", "complete"]);
    expect(trained).toHaveLength(4);
    expect(trained[3]).toMatchObject({ runId: "run 1", resume: { step: 8 } });
    expect(store.getState().items[0].epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  });

  it("skips the run that trains and one that waits, and cancels the rest", async () => {
    const { visit, runs } = createBrowser();
    const { store, trained } = visit();
    const ended = store.getState().start(seeds(1, 2, 3, 4, 5), null);
    await until(store, ([first]) => (first.progress?.step ?? 0) > 0);
    store.getState().skip(1);
    store.getState().skip(0);
    await until(store, (items) => items[2].status === "running");
    store.getState().cancel();
    expect(store.getState().status).toBe("stopping");
    expect(statuses(store).slice(3)).toEqual(["cancelled", "cancelled"]);
    await ended;
    expect(statuses(store)).toEqual(Array(5).fill("cancelled"));
    expect(trained.map(({ spec }) => spec.init.seed)).toEqual([1, 3]);
    await expect.poll(() => runs.records.get("run 1")?.status).toBe("cancelled");
    expect(runs.checkpoints.has("run 1")).toBe(true);
  });

  it("puts a skipped run back into the queue while others train", async () => {
    const { visit } = createBrowser();
    const { store } = visit();
    const ended = store.getState().start(seeds(1, 2), null);
    await until(store, ([first]) => first.status === "running");
    store.getState().skip(0);
    await until(store, ([first]) => first.status === "cancelled");
    await store.getState().retry(0);
    await ended;
    expect(statuses(store)).toEqual(["complete", "complete"]);
  });

  it("does not start while another tab trains one, nor a second time in this one", async () => {
    const { visit, storage } = createBrowser();
    const tabs = createFakeLocks();
    await createTabLocks(tabs).hold(sweepLock);
    const { store, trained } = visit({}, { locks: createTabLocks(tabs) });
    await store.getState().start(seeds(1), null);
    expect(store.getState()).toMatchObject({ status: "none", items: [] });
    expect(store.getState().message).toMatch(/^Another tab .* cancel it there\.$/);
    expect(trained).toEqual([]);
    expect(storage.texts.size).toBe(0);

    const other = visit();
    await Promise.all([other.store.getState().start(seeds(1), null), other.store.getState().start(seeds(2), null)]);
    expect(other.trained.map(({ spec }) => spec.init.seed)).toEqual([1]);
  });
});

describe("what was compiled", () => {
  /** What the worker was told of its last run, beside cancelling it. */
  async function controlsAfter(act: (store: SweepStore) => void): Promise<readonly string[]> {
    const told: string[] = [];
    const fake = createFakeRunner({ speed: 5 });
    const runner: JobRunner = {
      start(name, params) {
        const handle = fake.start(name, params);
        return {
          ...handle,
          control(message) {
            told.push(message.kind);
            handle.control(message);
          },
        };
      },
    };
    const { store } = createBrowser().visit({}, { runner: () => runner });
    const ended = store.getState().start(seeds(1, 2, 3), null);
    await until(store, ([first]) => first.status === "running");
    act(store);
    const controls = [...told];
    store.getState().cancel();
    await ended;
    return controls;
  }

  it("is given up when all are cancelled, or the last that waits is, and not before", async () => {
    expect(await controlsAfter((store) => store.getState().cancel())).toEqual(["release"]);
    expect(await controlsAfter((store) => store.getState().skip(2))).toEqual([]);
    const skipOthers = (store: SweepStore) => [1, 2].map((index) => store.getState().skip(index));
    expect(await controlsAfter(skipOthers)).toEqual(["release"]);
  });
});

describe("in a second tab", () => {
  it("a sweep that trains in the first is shown as that, can't be discarded, and can go on once that is gone", async () => {
    const tabs = createFakeLocks();
    const { visit } = createBrowser();
    const first = visit({ speed: 5 }, { locks: createTabLocks(tabs) });
    void first.store.getState().start(seeds(1, 2), null);
    await until(first.store, ([item]) => item.status === "running");

    const locks = createTabLocks(tabs);
    const second = visit({}, { locks });
    await locks.look();
    await second.store.getState().restore();
    expect(second.store.getState().status).toBe("elsewhere");
    expect(statuses(second.store)).toEqual(["running", "waiting"]);
    second.store.getState().discard();
    await second.store.getState().resume();
    expect(statuses(second.store)).toEqual(["running", "waiting"]);
    expect(second.trained).toEqual([]);

    first.store.getState().cancel();
    await vi.waitFor(() => expect(locks.elsewhere.getState().names.size).toBe(0));
    await second.store.getState().restore();
    expect(second.store.getState().status).toBe("ended");
    expect(statuses(second.store)).toEqual(["cancelled", "cancelled"]);
  });

  it("a run that trains alone in the first fails in words, and not the others", async () => {
    const tabs = createFakeLocks();
    await createTabLocks(tabs).hold(trainingLock("run 1"));
    const { store, trained } = createBrowser().visit({}, { locks: createTabLocks(tabs) });
    await store.getState().start(seeds(1, 2), null);
    expect(statuses(store)).toEqual(["failed", "complete"]);
    expect(store.getState().items[0].message).toBe("It is training in another tab of this browser.");
    expect(trained.map(({ runId }) => runId)).toEqual(["run 2"]);
  });
});

describe("after a reload", () => {
  it("the sweep is offered as it was, and goes on without training anything twice", async () => {
    const browser = createBrowser();
    const { store: first } = browser.visit();
    const ended = first.getState().start(seeds(1, 2, 3), null);
    await until(first, () => browser.runs.checkpoints.get("run 2")?.step === 8);
    const { store, trained } = browser.frozen().visit();
    await ended;

    await store.getState().restore();
    expect(store.getState().status).toBe("interrupted");
    expect(store.getState().sweep).toEqual(seeds(1, 2, 3));
    expect(statuses(store)).toEqual(["complete", "waiting", "waiting"]);
    expect(store.getState().items.map(({ epochs }) => epochs.length)).toEqual([3, 2, 0]);
    expect(trained).toEqual([]);

    await store.getState().resume();
    expect(statuses(store)).toEqual(["complete", "complete", "complete"]);
    expect(trained.map(({ runId, resume }) => [runId, resume?.step])).toEqual([
      ["run 2", 8],
      ["run 3", undefined],
    ]);
    expect(store.getState().items[1].epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(store.getState().items[1].epochs).toEqual(first.getState().items[1].epochs);
  });

  it("a finished sweep is shown with its figures and what went wrong, until it is put away", async () => {
    const browser = createBrowser();
    const { store: first } = browser.visit({ diverges: seedIs(2) });
    await first.getState().start(seeds(1, 2), [1e9, 2e9]);
    await expect.poll(() => browser.runs.records.get("run 1")?.status).toBe("complete");
    const { store } = browser.visit();
    await store.getState().restore();
    expect(store.getState().status).toBe("ended");
    expect(store.getState().items).toEqual(first.getState().items);
    store.getState().discard();
    const { store: third } = browser.visit();
    await third.getState().restore();
    expect(third.getState()).toMatchObject({ status: "none", items: [] });
    expect(browser.runs.records.size).toBe(2);
  });

  it("a run that ended just before the tab did is not trained again", async () => {
    const browser = createBrowser();
    const { store: first } = browser.visit();
    await first.getState().start(seeds(1), null);
    await expect.poll(() => browser.runs.records.get("run 1")?.status).toBe("complete");
    const [[key, text]] = browser.storage.texts;
    browser.storage.texts.set(key, text.replace('"complete"', '"running"'));
    const { store } = browser.visit();
    await store.getState().restore();
    expect(statuses(store)).toEqual(["complete"]);
    expect(store.getState().status).toBe("ended");
  });

  it("what can't be read is named and forgotten; a browser without storage only says so", async () => {
    const { visit, storage } = createBrowser();
    await visit().store.getState().start(seeds(1, 2), null);
    const [[key, text]] = storage.texts;
    for (const broken of [
      "{",
      '{"version":2}',
      text.replace('"seed":[1,2]', '"seed":[1]'),
      text.replace("run 2", "run 1"),
    ]) {
      storage.texts.set(key, broken);
      const { store } = visit();
      await expect(store.getState().restore()).rejects.toThrow("The sweep kept in this browser can't be read");
      expect(store.getState().status).toBe("none");
      expect(storage.texts.size).toBe(0);
    }
    const refused = new Error("storage is switched off");
    const memory = createSweepMemory(() => {
      throw refused;
    });
    const { store, errors } = visit({}, { memory });
    await store.getState().start(seeds(1), null);
    expect(statuses(store)).toEqual(["complete"]);
    expect(new Set(errors)).toEqual(new Set([refused]));
  });
});

describe("progress", () => {
  const item = (changes: Partial<SweepItem>) => ({ ...base, flop: 1e12, status: "waiting", ...changes }) as SweepItem;
  const halfway = { step: 5, steps: 10, gflopPerSecond: 500 } as SweepItem["progress"];

  it("weighs runs by their work, and gives the time that the rest takes at the pace of now", () => {
    const items = [item({ status: "complete", flop: 3e12 }), item({ status: "running", progress: halfway }), item({})];
    expect(sweepProgress(items)).toEqual({ ended: 1, count: 3, fraction: 3.5 / 5, etaSeconds: 1.5e12 / 500e9 });
  });

  it("counts runs alike and gives no time while the work of one is unknown", () => {
    const items = [item({ status: "failed", flop: null }), item({ status: "running", progress: halfway })];
    expect(sweepProgress(items)).toEqual({ ended: 1, count: 2, fraction: 0.75, etaSeconds: null });
  });
});
