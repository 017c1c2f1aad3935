/** What is found between runs is there again after a reload; of other weights, or of runs that are gone, it is not. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createCompareCurve } from "../../../src/app/stores/compare/curve.ts";
import { createCompareDistances } from "../../../src/app/stores/compare/distances.ts";
import { keepComparisons } from "../../../src/app/stores/compare/keeping.ts";
import { createCompareLine } from "../../../src/app/stores/compare/line.ts";
import { createCompareMemory } from "../../../src/app/stores/compare/memory.ts";
import { createComparePlane, modelOfRun } from "../../../src/app/stores/compare/plane.ts";
import type { LoadedRun } from "../../../src/app/stores/compare/runs.ts";
import { presets } from "../../../src/app/stores/settings/presets.ts";
import { openComparisons } from "../../../src/experiment/storage/kept-comparisons.ts";
import { createFakeRunner } from "../fake-runner.ts";

const { spec } = presets[4];

function loaded(id: string, step = 5): LoadedRun {
  const weights = { theta: Float32Array.of(1, 2, id.length), state: new Float32Array(0) };
  return {
    record: { id, name: id, spec },
    source: { spec, weights, label: "", checkpoint: { runId: id, step } },
    norm: 1,
    surface: null,
  } as unknown as LoadedRun;
}

let databaseName = "";
let databases = 0;
beforeEach(() => {
  databaseName = `keeping-${databases++}`;
});

/** A visit to the page. */
function visit(onError: (error: unknown) => void = (error) => expect.unreachable(String(error))) {
  const fake = createFakeRunner({ speed: Number.POSITIVE_INFINITY });
  const runner = () => fake;
  const stores = {
    distances: createCompareDistances(runner, "auto"),
    line: createCompareLine(runner, "auto"),
    plane: createComparePlane(runner, "auto"),
    curve: createCompareCurve(runner, "auto"),
  };
  const memory = createCompareMemory(() => openComparisons({ databaseName }), onError);
  return { ...stores, memory, show: keepComparisons(stores, memory) };
}

const keptKinds = async () => (await (await openComparisons({ databaseName })).list()).map(({ kind }) => kind).sort();
const request = { kind: "bezier", controls: 1, epochs: 2, learningRate: 0.01, seed: 0 } as const;
const [a, b, c] = [loaded("a"), loaded("bb"), loaded("ccc")];
const between = { from: a, to: b, points: 5, batchNorm: "interpolated" } as const;

async function measureAll({ distances, line, plane, curve }: ReturnType<typeof visit>) {
  await distances.getState().start({ runs: [a, b, c], matched: true });
  await line.getState().start(between);
  const models = [modelOfRun(a), modelOfRun(b), modelOfRun(c)] as const;
  await plane.measure({
    source: a.source,
    models,
    projected: [],
    count: 5,
    subset: "train",
    batchNorm: "frozen",
  });
  await curve.train({ ...between, request, start: null });
  const { result, subject } = curve.training.getState();
  await curve.measurePlane(result!, subject!, 5);
  for (const { surface } of [plane, curve.plane]) await expect.poll(() => surface.getState().status).toBe("complete");
  await expect.poll(keptKinds).toEqual(["curve", "curve-plane", "distances", "line", "plane"]);
}

describe("what is found between runs", () => {
  it("is shown again where its runs are loaded with the same weights", async () => {
    const first = visit();
    await measureAll(first);
    const again = visit();
    again.show([a, b, c]);
    await expect.poll(() => again.curve.plane.surface.getState().status).toBe("complete");
    await expect.poll(() => again.plane.surface.getState().status).toBe("complete");
    expect(again.distances.getState().result).toEqual(first.distances.getState().result);
    expect(again.line.getState().result).toEqual(first.line.getState().result);
    expect(again.line.getState().subject).toEqual(between);
    expect(again.curve.training.getState().result).toEqual(first.curve.training.getState().result);
    expect(again.curve.chord.getState().result).toEqual(first.curve.chord.getState().result);
    for (const which of ["plane", "curve"] as const) {
      const [now, before] = [again, first].map((one) => (which === "plane" ? one.plane : one.curve.plane));
      expect(now.place.getState().result).toEqual(before.place.getState().result);
      expect(now.place.getState().subject).toEqual(before.place.getState().subject);
      expect(now.surface.getState().grid?.loss).toEqual(before.surface.getState().grid?.loss);
    }
  });

  it("goes on from a part of a plane's surface through the same three models", async () => {
    const models = [modelOfRun(a), modelOfRun(b), modelOfRun(c)] as const;
    const subject = {
      source: a.source,
      models,
      projected: [],
      count: 15,
      subset: "train",
      batchNorm: "frozen",
    } as const;
    const first = visit();
    const part = first.plane.measure(subject);
    await vi.waitFor(() => expect(first.plane.surface.getState().grid?.measuredCount).toBeGreaterThan(0));
    first.plane.cancel();
    await part;
    await vi.waitFor(() => expect(first.plane.surface.getState().status).toBe("cancelled"));
    const measured = first.plane.surface.getState().grid!.measuredCount;
    expect(measured).toBeGreaterThan(0);
    expect(measured).toBeLessThan(225);
    await expect.poll(keptKinds).toEqual(["plane"]);

    const again = visit();
    again.show([a, b, c]);
    await expect.poll(() => again.plane.surface.getState().grid?.measuredCount).toBe(measured);
    await again.plane.measure(subject);
    await expect.poll(() => again.plane.surface.getState().status).toBe("complete");
    expect(again.plane.surface.getState().report!.evaluations).toBe(225 - measured);

    const others = visit();
    others.show([a, b, c]);
    await expect.poll(() => others.plane.surface.getState().status).toBe("complete");
    await others.plane.measure({ ...subject, models: [models[0], models[2], models[1]] });
    await expect.poll(() => others.plane.surface.getState().report?.evaluations).toBe(225);
  });

  it("is not shown of other weights, nor over what goes on", async () => {
    await measureAll(visit());
    const later = visit();
    later.show([a, loaded("bb", 6), c]);
    // What is kept is looked up in turn: the answers to what was asked before have come.
    for (const kind of ["line", "plane", "curve"] as const) await later.memory.find(kind, () => false);
    expect(later.line.getState().status).toBe("idle");
    expect(later.curve.training.getState().status).toBe("idle");

    const busy = visit();
    const measured = busy.line.getState().start({ ...between, points: 3 });
    busy.show([a, b, c]);
    await measured;
    expect(busy.line.getState().subject?.points).toBe(3);
  });

  it("goes with a plane of its own curve only", async () => {
    const first = visit();
    await measureAll(first);
    await first.curve.train({ ...between, request: { ...request, epochs: 4 }, start: null });
    await expect.poll(keptKinds).toEqual(["curve", "distances", "line", "plane"]);
    const kept = async () => (await first.memory.find("curve", () => true))?.result;
    await expect.poll(async () => (await kept())?.straight).toEqual(first.curve.chord.getState().result);
    expect((await kept())?.curve.request.epochs).toBe(4);
  });

  it("stays on the page where it can't be kept, which is said once", async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("No room.", "QuotaExceededError");
    });
    const complaints: string[] = [];
    const { distances, line } = visit((error) => complaints.push(String(error)));
    await distances.getState().start({ runs: [a, b], matched: false });
    await line.getState().start(between);
    await expect.poll(() => complaints).toHaveLength(1);
    put.mockRestore();
    expect(complaints[0]).toMatch(/no room left/);
    expect(distances.getState().status).toBe("complete");
    expect(line.getState().status).toBe("complete");
    expect(await keptKinds()).toEqual([]);
  });
});
