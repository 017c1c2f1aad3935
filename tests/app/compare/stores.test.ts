/** Choosing runs, measuring their surfaces in turn, and what is kept of it. */
import { describe, expect, it } from "vitest";
import { pairCells } from "../../../src/app/compare/distance-matrix.ts";
import { drawnLine } from "../../../src/app/compare/path-series.ts";
import { coloursOf } from "../../../src/app/figure/run-words.ts";
import { defaultChoice } from "../../../src/app/stores/compare/runs.ts";
import { createCompareStores } from "../../../src/app/stores/compare/stores.ts";
import { createRunKeeper } from "../../../src/app/stores/run-keeper.ts";
import { presets } from "../../../src/app/stores/settings/presets.ts";
import { defaultSettings } from "../../../src/app/stores/settings/settings.ts";
import { createSettingsStore } from "../../../src/app/stores/settings/settings-store.ts";
import type { Distances } from "../../../src/experiment/comparison.ts";
import type { Spec } from "../../../src/experiment/spec.ts";
import { openComparisons } from "../../../src/experiment/storage/kept-comparisons.ts";
import type { RunRecord } from "../../../src/experiment/storage/run-record.ts";
import type { RunStore, StoredRun } from "../../../src/experiment/storage/run-store.ts";
import type { KeptSurface } from "../../../src/experiment/surface.ts";
import { createFakeRunner } from "../fake-runner.ts";

const { spec } = presets[4];
let databases = 0;

function stored(id: string, changes: Partial<Pick<RunRecord, "status" | "created">> & { spec?: Spec } = {}): StoredRun {
  const record: RunRecord = {
    id,
    name: id,
    colour: null,
    note: "",
    tags: [],
    created: `2026-01-0${id.length}`,
    spec,
    status: "complete",
    epochs: [],
    ...changes,
  };
  return { record, savedAt: 1, hasCheckpoint: true, hasSurface: false, results: [] } as unknown as StoredRun;
}

/** A store of runs in memory, as far as a comparison asks it. */
function runStore(runs: readonly StoredRun[], surfaces: Map<string, KeptSurface>): RunStore {
  const part: Partial<RunStore> = {
    listRuns: async () => ({ runs, damaged: [] }) as unknown as Awaited<ReturnType<RunStore["listRuns"]>>,
    getCheckpoint: async (id) => ({
      value: {
        spec,
        step: 80,
        weights: { theta: Float32Array.of(3, 4, id.length), state: new Float32Array(0) },
        moments: [],
        epochs: [],
        batchLosses: new Float32Array(0),
      },
      savedAt: 1,
      warning: null,
    }),
    getSurface: async (id) => (surfaces.has(id) ? { value: surfaces.get(id)!, savedAt: 1, warning: null } : null),
    putSurface: async (id, surface) => {
      surfaces.set(id, surface);
      return [];
    },
    getResult: async () => null,
  };
  return part as RunStore;
}

function open(runs: readonly StoredRun[], surfaces = new Map<string, KeptSurface>(), settings = defaultSettings) {
  const fake = createFakeRunner({ speed: Number.POSITIVE_INFINITY });
  const store = runStore(runs, surfaces);
  const keeper = createRunKeeper(
    async () => store,
    (error) => {
      throw error;
    },
  );
  const compare = createCompareStores({
    runner: () => fake,
    backend: "auto",
    keeper,
    settings: createSettingsStore(settings),
    openComparisons: () => openComparisons({ databaseName: `compare-${databases++}` }),
    onError: (error) => {
      throw error;
    },
    prefersReducedMotion: () => true,
  });
  compare.settings.getState().setSurface({ alpha: { min: -1, max: 1, count: 5 }, beta: { min: -1, max: 1, count: 5 } });
  const loaded = async () => {
    await compare.runs.getState().refresh();
    await expect
      .poll(() => Object.values(compare.runs.getState().readings).every((at) => at.status === "ready"))
      .toBe(true);
    return Object.values(compare.runs.getState().readings).flatMap((at) => (at.status === "ready" ? [at.run] : []));
  };
  return { compare, fake, surfaces, loaded };
}

describe("choosing runs", () => {
  it("begins with the newest finished runs of one model, oldest first", () => {
    const other = stored("dddd", { spec: presets[0].spec });
    const going = stored("eeeee", { status: "training" });
    expect(defaultChoice([going, stored("ccc"), other, stored("bb"), stored("a")])).toEqual(["a", "bb", "ccc"]);
  });

  it("takes two of different models where no model has two, and what there is where nothing has finished", () => {
    const other = stored("bb", { spec: presets[0].spec });
    expect(defaultChoice([stored("ccc"), other])).toEqual(["bb", "ccc"]);
    expect(defaultChoice([stored("a", { status: "cancelled" })])).toEqual(["a"]);
    expect(defaultChoice([])).toEqual([]);
  });

  it("holds at most six, and says what ‖θ‖ is", async () => {
    const ids = ["a", "bb", "ccc", "dddd", "eeeee", "ffffff", "ggggggg"];
    const { compare, loaded } = open(ids.map((id) => stored(id)));
    const runs = await loaded();
    expect(runs).toHaveLength(6);
    compare.runs.getState().choose(ids);
    expect(compare.runs.getState().chosen).toEqual(ids.slice(0, 6));
    expect(runs.find(({ record }) => record.id === "ccc")!.norm).toBeCloseTo(Math.sqrt(9 + 16 + 9), 12);
  });
});

describe("a choice of runs from a link", () => {
  const chosenBy = (runs: string[]) => ({ ...defaultSettings, compare: { ...defaultSettings.compare, runs } });

  it("goes on with those that are kept here, in its order, and names the others", async () => {
    const { compare, loaded } = open(
      [stored("a"), stored("bb"), stored("ccc")],
      undefined,
      chosenBy(["ccc", "x", "a"]),
    );
    await loaded();
    expect(compare.runs.getState().chosen).toEqual(["ccc", "a"]);
    expect(compare.runs.getState().missing).toEqual(["x"]);
    compare.runs.getState().choose(["a"]);
    expect(compare.runs.getState().missing).toEqual([]);
    expect(compare.settings.getState().runs).toEqual(["a"]);
  });

  it("follows undo, and stands empty where none of them is here", async () => {
    const { compare, loaded } = open([stored("a"), stored("bb")], undefined, chosenBy(["x", "y"]));
    await loaded();
    expect(compare.runs.getState().chosen).toEqual([]);
    compare.runs.getState().choose(null);
    expect(compare.runs.getState().chosen).toEqual(["a", "bb"]);
    compare.settings.getState().set({ runs: ["bb"] });
    expect(compare.runs.getState().chosen).toEqual(["bb"]);
  });
});

describe("colours of runs", () => {
  it("are their own where no other has them, and never alike", () => {
    const [a, b, c] = coloursOf([{ colour: "orange" }, { colour: "orange" }, { colour: null }]);
    expect(a).toBe("#d55e00");
    expect(new Set([a, b, c]).size).toBe(3);
    const none = { colour: null };
    expect(new Set(coloursOf([none, none, none, none, none, none])).size).toBe(6);
  });
});

describe("surfaces of several runs", () => {
  it("are measured in turn with one request, kept, and not measured again", async () => {
    const first = open([stored("a"), stored("bb")]);
    const runs = await first.loaded();
    const { surface } = first.compare.settings.getState();
    await first.compare.surfaces.getState().measure(runs, surface);
    expect(first.fake.started.filter((name) => name === "surface")).toHaveLength(2);
    expect(first.compare.surfaces.getState().measuring).toBeNull();
    await expect.poll(() => [...first.surfaces.keys()]).toEqual(["a", "bb"]);
    expect([...first.surfaces.values()].map(({ step }) => step)).toEqual([80, 80]);

    const again = open([stored("a"), stored("bb")], first.surfaces);
    const reread = await again.loaded();
    await again.compare.surfaces.getState().measure(reread, surface);
    expect(again.fake.started).not.toContain("surface");
    await expect
      .poll(() => Object.values(again.compare.figures.getState().figures).map(({ ghost }) => ghost))
      .toEqual([false, false]);
  });

  it("that are kept come back with their plane, and are not measured again", async () => {
    const surfaces = new Map<string, KeptSurface>();
    const first = open([stored("a"), stored("bb")], surfaces);
    await first.compare.surfaces.getState().measure(await first.loaded(), first.compare.settings.getState().surface);
    const { compare, fake, loaded } = open([stored("a"), stored("bb")], surfaces);
    const fine = compare.settings.getState().surface;
    const runs = await loaded();
    const shown = () =>
      runs.map(({ record: { id } }) => compare.surfaces.getState().stores[id].getState().settings?.alpha.count);
    await expect.poll(shown).toEqual([5, 5]);
    const coarse = { alpha: { min: -1, max: 1, count: 3 }, beta: { min: -1, max: 1, count: 3 } };
    compare.settings.getState().setSurface(coarse);
    await compare.surfaces.getState().measure(runs, compare.settings.getState().surface);
    expect(shown()).toEqual([3, 3]);
    const asked = fake.started.length;
    compare.settings.getState().setSurface({ alpha: fine.alpha, beta: fine.beta });
    await expect.poll(shown).toEqual([5, 5]);
    expect(fake.started.length).toBe(asked);
  });

  it("end with the queue that is cancelled", async () => {
    const { compare, fake, loaded } = open([stored("a"), stored("bb"), stored("ccc")]);
    const runs = await loaded();
    const measured = compare.surfaces.getState().measure(runs, compare.settings.getState().surface);
    await new Promise<void>((begun) =>
      compare.surfaces.getState().stores.a.subscribe(({ request }) => request && begun()),
    );
    compare.surfaces.getState().cancel();
    await measured;
    expect(fake.started.filter((name) => name === "surface")).toHaveLength(1);
    expect(compare.surfaces.getState().stores.ccc.getState().status).toBe("idle");
  });

  it("leave a finer surface in the store", async () => {
    const fine = open([stored("a")]);
    const [run] = await fine.loaded();
    const { surface } = fine.compare.settings.getState();
    await fine.compare.surfaces.getState().measure([run], surface);
    await expect.poll(() => fine.surfaces.size).toBe(1);
    const coarse = open([stored("a")], fine.surfaces);
    const [again] = await coarse.loaded();
    const three = { min: -1, max: 1, count: 3 };
    await coarse.compare.surfaces.getState().measure([again], { ...surface, alpha: three, beta: three });
    expect(coarse.surfaces.get("a")!.values.columns).toBe(5);
  });
});

describe("what lies between runs", () => {
  it("stands in a matrix, below the diagonal after matching", () => {
    const distances = {
      labels: ["a", "b"],
      distance: Float64Array.of(0, 5, 5, 0),
      matchedDistance: Float64Array.of(0, 2, 2, 0),
      disagreement: Float64Array.of(0, Number.NaN, Number.NaN, 0),
      incomparable: [{ pair: [0, 1], what: "predictions", why: "They have different classes." }],
    } as unknown as Distances;
    const weights = pairCells(distances, "distance");
    expect([weights[0][1].value, weights[1][0].value]).toEqual([5, 2]);
    expect([weights[0][1].isMatched, weights[1][0].isMatched]).toEqual([false, true]);
    expect(pairCells(distances, "disagreement")[0][1].why).toBe("They have different classes.");
    expect(weights[0][1].why).toBeNull();
  });

  it("comes in points of any order, which are drawn in the line's", () => {
    const point = (t: number, path: "raw" | "matched") => {
      const metrics = { loss: t, lossError: 0, accuracy: 1 - t };
      return { kind: "point", path, index: 0, t, train: metrics, test: metrics } as const;
    };
    const { raw, matched } = drawnLine([point(1, "raw"), point(0, "raw"), point(0.5, "matched")], null);
    expect(raw.series.t).toEqual([0, 1]);
    expect(raw.series.loss.train).toEqual([0, 1]);
    expect(matched.series.accuracy.test).toEqual([0.5]);
  });
});
