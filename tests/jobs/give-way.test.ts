/** Long jobs give way to newer ones, and come out as if nobody had come between. */

import { describe, expect, it } from "vitest";
import type { SurfaceRequest } from "../../src/experiment/surface.ts";
import { createDeviceCache } from "../../src/jobs/device-cache.ts";
import { sameBits } from "../models/same-bits.ts";
import { collectSurface, measureSurface } from "./collect-surface.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

const request: SurfaceRequest = {
  x: { kind: "random", seed: 1 },
  y: { kind: "random", seed: 2 },
  normalization: "filter",
  biases: "ignore",
  orthogonalize: false,
  batchNorm: "frozen",
  subset: "train",
  alpha: { min: -1, max: 1, count: 9 },
  beta: { min: -1, max: 1, count: 7 },
};
const curvature = {
  operator: "hessian",
  parameters: ["*"],
  filterScaled: false,
  batchNorm: "frozen",
  subset: "train",
  seed: 1,
} as const;

/** Hears of a job's events and says when the first has come. */
function onStarted() {
  let hear = () => {};
  const heard = new Promise<void>((resolve) => {
    hear = resolve;
  });
  return { hear, heard };
}

describe("a long surface", () => {
  it("lets another plane of its model and a density go first, and has the same bits as alone", async () => {
    const runner = createTestRunner();
    const spec = smallSpec();
    const weights = await runner.start("initialize", { spec }).result;
    const at = { spec, weights, backend: "reference" } as const;
    const other = {
      ...at,
      request: {
        ...request,
        x: { kind: "random", seed: 7 } as const,
        alpha: { min: -2, max: 2, count: 3 },
        beta: { min: -2, max: 2, count: 3 },
      },
    };
    const densityParams = { ...at, request: curvature, probes: 2, steps: 5 };
    const alone = {
      long: await measureSurface(runner, { ...at, request }),
      short: await measureSurface(runner, other),
      density: await runner.start("density", densityParams).result,
    };

    const ended: string[] = [];
    const note = async <T>(name: string, result: Promise<T>): Promise<T> => {
      const value = await result;
      ended.push(name);
      return value;
    };
    const handle = runner.start("surface", { ...at, request });
    const started = onStarted();
    const long = note("long", collectSurface(handle, { ...at, request }, started.hear));
    await started.heard;
    const short = await note("short", measureSurface(runner, other));
    const density = await note("density", runner.start("density", densityParams).result);
    const interrupted = await long;

    expect(ended).toEqual(["short", "density", "long"]);
    for (const values of ["loss", "lossError", "accuracy"] as const) {
      expect(sameBits(interrupted.values[values], alone.long.values[values])).toBe(true);
      expect(sameBits(short.values[values], alone.short.values[values])).toBe(true);
    }
    expect(density.runs).toEqual(alone.density.runs);
    expect(interrupted.report.status).toBe("complete");
  });

  it("shared among other workers lets another surface have them", async () => {
    const workers = [createTestRunner(), createTestRunner()];
    const runner = createTestRunner({ helpers: () => workers });
    const spec = smallSpec();
    const weights = await runner.start("initialize", { spec }).result;
    const at = { spec, weights, backend: "reference" } as const;
    const alone = await measureSurface(createTestRunner(), { ...at, request });
    const started = onStarted();
    const long = collectSurface(runner.start("surface", { ...at, request }), { ...at, request }, started.hear);
    await started.heard;
    const other = { ...request, y: null, alpha: { min: -1, max: 1, count: 9 } };
    expect((await runner.start("surface", { ...at, request: other }).result).status).toBe("complete");
    expect(sameBits((await long).values.loss, alone.values.loss)).toBe(true);
  });

  it("lets the path over its own plane come before its rest", async () => {
    const runner = createTestRunner();
    const spec = smallSpec({ recording: { everySteps: 3, budgetMegabytes: 8 } });
    const training = runner.start("train", { runId: "a", spec, backend: "reference" });
    const points = (await collect(training)).flatMap((event) => (event.kind === "recorded" ? [event.point] : []));
    const { weights } = (await training.result).checkpoint;
    const params = { spec, weights, request, backend: "reference" } as const;
    const surface = runner.start("surface", params);
    const reader = surface.events[Symbol.asyncIterator]();
    await reader.next();
    let isSurfaceWhole = false;
    const whole = surface.result.then((result) => {
      isSurfaceWhole = true;
      return result;
    });
    const path = await runner.start("projectTrajectory", { ...params, points }).result;
    expect(isSurfaceWhole).toBe(false);
    expect(path.status).toBe("complete");
    expect(path.loss.every(Number.isFinite)).toBe(true);
    while (!(await reader.next()).done);
    expect((await whole).status).toBe("complete");
  });

  it("is cancelled while it has given way, and keeps what it has measured", async () => {
    const runner = createTestRunner();
    const spec = smallSpec();
    const weights = await runner.start("initialize", { spec }).result;
    const at = { spec, weights, backend: "reference" } as const;
    const handle = runner.start("surface", { ...at, request });
    const reader = handle.events[Symbol.asyncIterator]();
    await reader.next();
    const density = runner.start("density", { ...at, request: curvature, probes: 3, steps: 8 });
    const densityReader = density.events[Symbol.asyncIterator]();
    await densityReader.next();
    handle.cancel();
    while (!(await reader.next()).done);
    expect((await handle.result).status).toBe("cancelled");
    while (!(await densityReader.next()).done);
    expect((await density.result).runs).toHaveLength(3);
  });
});

describe("what is kept between jobs", () => {
  const made: string[] = [];
  const disposed: string[] = [];
  const make = (name: string) => async () => {
    made.push(name);
    return { name, dispose: () => void disposed.push(name) };
  };
  const owner = {};
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  it("belongs to one job at a time; another gets one of its own", async () => {
    const keep = createDeviceCache(2);
    const [first, second] = [keep.lease(), keep.lease()];
    const a = await first.get("key", owner, make("a"));
    expect(await first.get("key", owner, make("never"))).toBe(a);
    const b = await second.get("key", owner, make("b"));
    expect(b).not.toBe(a);
    first.release();
    const third = keep.lease();
    expect(await third.get("key", owner, make("never"))).toBe(a);
    second.release();
    third.release();
    expect(made).toEqual(["a", "b"]);
    expect(disposed).toEqual([]);
  });

  it("is never disposed of while a job has it", async () => {
    disposed.length = 0;
    const keep = createDeviceCache(1);
    const first = keep.lease();
    await first.get("a", owner, make("a"));
    const second = keep.lease();
    await second.get("b", owner, make("b"));
    await second.get("c", owner, make("c"));
    keep.forget();
    await settle();
    expect(disposed).toEqual([]);
    second.release();
    await settle();
    expect(disposed.sort()).toEqual(["b", "c"]);
    first.release();
    await settle();
    expect(disposed.sort()).toEqual(["a", "b", "c"]);
  });

  it("is at most as many as there is room for, those used last", async () => {
    disposed.length = 0;
    const keep = createDeviceCache(2);
    for (const name of ["a", "b", "a", "c"]) {
      const lease = keep.lease();
      await lease.get(name, owner, make(name));
      lease.release();
    }
    await settle();
    expect(disposed).toEqual(["b"]);
  });
});
