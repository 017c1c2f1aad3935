/** What was found between runs, in the browser's storage: whole, bounded, checked, and gone with its runs. */
import { openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Distances, ModelCurve, PathMetrics } from "../../../src/experiment/comparison.ts";
import { StorageFullError } from "../../../src/experiment/experiment-error.ts";
import { type ComparisonStore, openComparisons } from "../../../src/experiment/storage/kept-comparisons.ts";
import type {
  ComparisonKind,
  KeptComparison,
  LineMetrics,
} from "../../../src/experiment/storage/stored-comparisons.ts";
import { surfaceViewSchema } from "../../../src/experiment/surface-view.ts";
import { sampleSpec, sampleSurface } from "../samples.ts";

let databaseName: string;
let databases = 0;
let clock: number;
beforeEach(() => {
  databaseName = `comparisons-${databases++}`;
  clock = 1000;
});
const open = (limits?: { entries: number; bytes: number }): Promise<ComparisonStore> =>
  openComparisons({ databaseName, now: () => clock++, ...(limits && { limits }) });

const runs = [
  { runId: "a", step: 80 },
  { runId: "b", step: 40 },
];
const matrix = (...values: number[]) => Float64Array.from(values);
const split = { loss: matrix(1, Number.NaN), lossError: matrix(0.1, 0.2), accuracy: matrix(0.5, 0.4), examples: 20 };
const path: PathMetrics = {
  t: matrix(0, 1),
  train: { ...split, barrier: { height: Number.NaN, t: 0.5 } },
  test: { ...split, barrier: { height: 0, t: 0 } },
};
const report = { spec: sampleSpec, batchNorm: "interpolated", backend: "GPU", elapsedMs: 12.5 } as const;
const line: LineMetrics = { raw: path, matched: { figures: path }, report };
const request = { kind: "chain", controls: 2, epochs: 3, learningRate: 0.1, seed: 7 } as const;
const curve: ModelCurve = {
  request,
  controls: [Float32Array.of(1, 2), Float32Array.of(3, Number.POSITIVE_INFINITY)],
  batchLosses: Float32Array.of(2, 1),
  status: "cancelled",
  figures: null,
  report,
};
const distances: Distances = {
  labels: ["a", "b"],
  norms: matrix(1, 2),
  fromInitialization: matrix(3, 4),
  distance: matrix(0, 5, 5, 0),
  cosine: matrix(1, 0, 0, 1),
  matchedDistance: null,
  matchedCosine: null,
  disagreement: matrix(0, Number.NaN, Number.NaN, 0),
  divergence: matrix(0, 1, 2, 0),
  incomparable: [{ pair: [0, 1], what: "predictions", why: "Other classes." }],
  report: { data: sampleSpec.data, subset: "test", examples: 10, backend: "GPU", elapsedMs: 1 },
};
const figures = { loss: 0.5, accuracy: 0.9 };
const marks = ["a", "control point", "b"].map((label, k) => ({
  label,
  alpha: k,
  beta: 2 - k,
  inPlane: figures,
  own: figures,
}));
const plane = { marks, projected: [{ alpha: 1, beta: 2, offPlane: 3 }], surface: sampleSurface };
const sharpness = {
  loss: 0.1,
  figures: [{ kind: "adaptive-worst", radius: 0.5, value: 1, standardError: null, done: 10, status: "complete" }],
  status: "complete",
  report: {
    spec: sampleSpec,
    request: {
      subset: "train",
      batchNorm: "frozen",
      measures: [{ kind: "adaptive-worst", radius: 0.5, count: 10 }],
      seed: 0,
    },
    examples: 10,
    microBatches: [10],
    backend: "GPU",
    elapsedMs: 1,
  },
};
const samples = [
  { kind: "distances", runs, settings: { matched: false }, result: distances },
  { kind: "line", runs, settings: { points: 2, batchNorm: "frozen" }, result: line },
  { kind: "curve", runs, settings: { points: 2, batchNorm: "frozen", request }, result: { curve, straight: line } },
  { kind: "plane", runs, settings: { count: 5, batchNorm: "frozen" }, result: plane },
  { kind: "curve-plane", runs, settings: { count: 5, batchNorm: "reestimated" }, result: plane },
  { kind: "surface", runs: runs.slice(0, 1), settings: surfaceViewSchema.parse({}), result: sampleSurface },
  { kind: "sharpness", runs: runs.slice(0, 1), settings: {}, result: sharpness },
] as unknown as readonly KeptComparison[];

const kept = async (store: ComparisonStore, kind: ComparisonKind) => {
  const entry = (await store.list()).find((one) => one.kind === kind);
  return entry ? store.get(entry.id) : null;
};

describe("comparisons in the browser's storage", () => {
  it.each(samples.map((sample) => [sample.kind, sample] as const))(
    "come back as they were: %s",
    async (kind, sample) => {
      await (await open()).put(sample);
      expect(await kept(await open(), kind)).toEqual(sample);
    },
  );

  it("are replaced by a newer one of the same runs, and stand beside those of others", async () => {
    const store = await open();
    await store.put(samples[0]);
    await store.put({ ...samples[0], settings: { matched: true } } as KeptComparison);
    await store.put({ ...samples[0], runs: [runs[0], { runId: "b", step: 41 }] } as KeptComparison);
    const entries = await store.list();
    expect(entries.map(({ runs: [, { step }] }) => step)).toEqual([41, 40]);
    expect((await store.get(entries[1].id))?.settings).toEqual({ matched: true });
    await store.drop("distances", runs);
    expect(await store.list()).toHaveLength(1);
  });

  it("give way to newer ones, the oldest first, and one too large is not kept", async () => {
    const [, { bytes }] = await (async () => {
      const store = await open();
      for (const sample of samples.slice(0, 2)) await store.put(sample);
      return store.list();
    })();
    const few = await open({ entries: 2, bytes: 1e6 });
    await few.put(samples[6]);
    expect((await few.list()).map(({ kind }) => kind)).toEqual(["sharpness", "line"]);
    const small = await open({ entries: 9, bytes: bytes - 100 });
    await small.put(samples[0]);
    expect((await small.list()).map(({ kind }) => kind)).toEqual(["sharpness", "line"]);
  });

  it("go with the runs that they are of", async () => {
    const store = await open();
    for (const sample of samples) await store.put(sample);
    await store.dropWithout((id) => id !== "b");
    expect((await store.list()).map(({ kind }) => kind).sort()).toEqual(["sharpness", "surface"]);
  });

  it.each([
    ["another program's bytes", () => Uint8Array.of(1, 2, 3)],
    ["a file cut short", (file: Uint8Array) => file.slice(0, file.length - 64)],
    [
      "another kind",
      (file: Uint8Array) =>
        new TextEncoder().encode(new TextDecoder("latin1").decode(file).replace("distances", "distanzes")),
    ],
  ])("are dropped where they can't be read: %s", async (_, damage) => {
    const store = await open();
    await store.put(samples[0]);
    const [{ id }] = await store.list();
    const database = await openDB(databaseName, 1);
    await database.put("files", damage(await database.get("files", id)), id);
    expect(await store.get(id)).toBeNull();
    expect(await store.list()).toEqual([]);
  });

  it("say that the disk is full, and keep what was there", async () => {
    const store = await open();
    await store.put(samples[0]);
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("No room.", "QuotaExceededError");
    });
    await expect(store.put(samples[1])).rejects.toThrow(StorageFullError);
    put.mockRestore();
    expect(await kept(store, "distances")).toEqual(samples[0]);
    expect(await kept(store, "line")).toBeNull();
  });
});
