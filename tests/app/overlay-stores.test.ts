import { describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { createConvexityStore } from "../../src/app/stores/convexity-store.ts";
import { createFigureStore } from "../../src/app/stores/figure-store.ts";
import { createPlaneModelStore } from "../../src/app/stores/plane-model-store.ts";
import { presets } from "../../src/app/stores/settings/presets.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { createSettingsStore } from "../../src/app/stores/settings/settings-store.ts";
import { findRequest } from "../../src/app/stores/surface-request.ts";
import { createSurfaceStore } from "../../src/app/stores/surface-store.ts";
import type { PlaneConvexity } from "../../src/experiment/curvature.ts";
import type { JobHandle, JobName, JobParams, JobResult, JobRunner } from "../../src/jobs/jobs.ts";
import { sampleResults } from "../experiment/storage/sample-results.ts";
import { createFakeRunner } from "./fake-runner.ts";
import { saddle } from "./overlay-figures.ts";

type CurvatureName = "quadraticModel" | "convexity";

/** A job in the hands of the test. */
class HeldJob<Name extends CurvatureName> {
  readonly params: JobParams<Name>;
  cancelled = false;
  resolve!: (result: JobResult<Name>) => void;
  reject!: (error: unknown) => void;
  readonly #events: unknown[] = [];
  #wake = () => {};
  #ended = false;
  readonly handle: JobHandle<Name>;

  constructor(params: JobParams<Name>) {
    this.params = params;
    const result = new Promise<JobResult<Name>>((resolve, reject) => {
      this.resolve = (value) => {
        this.#end();
        resolve(value);
      };
      this.reject = (error) => {
        this.#end();
        reject(error);
      };
    });
    result.catch(() => {});
    const cancel = () => {
      this.cancelled = true;
    };
    this.handle = { events: this.#stream() as JobHandle<Name>["events"], result, control: () => {}, cancel };
  }

  emit(event: unknown): void {
    this.#events.push(event);
    this.#wake();
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *#stream(): AsyncGenerator<unknown> {
    while (true) {
      if (this.#events.length > 0) yield this.#events.shift();
      else if (this.#ended) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

function openPage() {
  vi.stubGlobal("requestAnimationFrame", (callback: () => void) => setTimeout(callback, 0));
  const models: HeldJob<"quadraticModel">[] = [];
  const maps: HeldJob<"convexity">[] = [];
  const fake = createFakeRunner({ speed: Number.POSITIVE_INFINITY });
  const runner: JobRunner = {
    start<Name extends JobName>(name: Name, params: JobParams<Name>): JobHandle<Name> {
      const held = { quadraticModel: models, convexity: maps }[name as CurvatureName];
      if (!held) return fake.start(name, params);
      const job = new HeldJob(params as JobParams<CurvatureName>);
      (held as HeldJob<CurvatureName>[]).push(job);
      return job.handle as unknown as JobHandle<Name>;
    },
  };
  const settings = createSettingsStore(defaultSettings);
  const surface = createSurfaceStore({
    runner: () => runner,
    backend: "auto",
    request: (source, view, signal) =>
      findRequest(source, view, signal, {
        spectrum: () => Promise.reject(new Error("no spectrum")),
        principal: () => Promise.reject(new Error("no path")),
      }),
    keep: async () => {},
  });
  const planeModel = createPlaneModelStore({ runner: () => runner, backend: "auto", surface, settings });
  const kept: PlaneConvexity[] = [];
  const convexity = createConvexityStore({
    runner: () => runner,
    backend: "auto",
    surface,
    keep: async (_source, map) => void kept.push(map),
  });
  const figure = createFigureStore({
    surface,
    settings,
    example: createStore(() => ({ example: null })),
    planeModel,
    convexity,
    trajectory: createStore(() => ({ path: null })),
  });
  const axis = { min: -1, max: 1, count: 5 };
  const view = { ...defaultSettings.surface, alpha: axis, beta: axis };
  const weights = { theta: new Float32Array(4), state: new Float32Array(0) };
  const source = { spec: presets[0].spec, weights, label: "", checkpoint: null };
  const measure = (change: Partial<typeof view> = {}) => {
    surface.getState().measure(source, { ...view, ...change });
    return vi.waitFor(() => expect(surface.getState().status).toBe("complete"));
  };
  return { settings, surface, planeModel, convexity, figure, models, maps, measure, source, kept };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const abort = () => new DOMException("Cancelled.", "AbortError");

describe("the quadratic model of the plate", () => {
  it("is asked for once a plane, while it is wanted, and drawn over the loss alone", async () => {
    const { settings, planeModel, figure, models, measure } = openPage();
    await measure();
    expect(models.length).toBe(0);
    settings.getState().setView({ quadraticModel: true });
    expect(planeModel.getState().status).toBe("running");
    models[0].resolve(saddle);
    await vi.waitFor(() => expect(figure.getState().figure?.model).toEqual(saddle));
    settings.getState().setView({ metric: "accuracy" });
    await vi.waitFor(() => expect(figure.getState().figure?.model).toBeNull());
    settings.getState().setView({ quadraticModel: false });
    settings.getState().setView({ quadraticModel: true });
    expect(planeModel.getState()).toMatchObject({ status: "complete", model: saddle });
    expect(models.length).toBe(1);
  });

  it("is not asked for again for another grid of the plane, but for other directions; and comes back at once", async () => {
    const { settings, planeModel, models, measure } = openPage();
    settings.getState().setView({ quadraticModel: true });
    await measure();
    models[0].resolve(saddle);
    await vi.waitFor(() => expect(planeModel.getState().status).toBe("complete"));
    await measure({ alpha: { min: -2, max: 1, count: 7 } });
    expect(models.length).toBe(1);
    await measure({ x: { kind: "random", seed: 9 } });
    expect(models.length).toBe(2);
    expect(planeModel.getState()).toMatchObject({ status: "running", model: null });
    await measure();
    expect(models[1].cancelled).toBe(true);
    expect(planeModel.getState()).toMatchObject({ status: "complete", model: saddle });
  });

  it("says that it failed or was cancelled, and can be asked for again", async () => {
    const { settings, planeModel, models, measure } = openPage();
    settings.getState().setView({ quadraticModel: true });
    await measure();
    models[0].reject(new Error("The device was lost."));
    await settle();
    expect(planeModel.getState()).toMatchObject({ status: "failed", message: "The device was lost." });
    planeModel.getState().retry();
    planeModel.getState().cancel();
    expect(models[1].cancelled).toBe(true);
    models[1].reject(abort());
    await settle();
    expect(planeModel.getState().status).toBe("cancelled");
    planeModel.getState().retry();
    models[2].resolve(saddle);
    await settle();
    expect(planeModel.getState()).toMatchObject({ status: "complete", model: saddle });
  });

  it("is not asked for where BatchNorm is re-estimated", async () => {
    const { settings, planeModel, models, measure } = openPage();
    settings.getState().setView({ quadraticModel: true });
    await measure({ batchNorm: "reestimated" });
    expect([models.length, planeModel.getState().status]).toEqual([0, "idle"]);
  });
});

const point = (cell: number, largest: number, smallest: number) => ({
  kind: "point",
  cell,
  largest,
  smallest,
  done: cell + 1,
  points: 9,
});

describe("the convexity map of the plate", () => {
  it("streams in as the figure's colours, and keeps what is measured when cancelled", async () => {
    const { settings, convexity, figure, maps, measure } = openPage();
    settings.getState().setView({ colourBy: "convexity" });
    await measure();
    convexity.getState().measure(3);
    expect(maps[0].params).toMatchObject({ alpha: { min: -1, max: 1, count: 3 }, beta: { count: 3 } });
    maps[0].emit(point(4, 2, -1));
    maps[0].emit(point(0, Number.NaN, Number.NaN));
    await vi.waitFor(() => expect(figure.getState().figure?.layer?.measuredCount).toBe(2));
    expect(figure.getState().figure?.layer?.texels[4 * 4]).toBe(0.5);
    expect(figure.getState().figure?.layer?.nonFiniteCount).toBe(1);
    convexity.getState().cancel();
    expect(maps[0].cancelled).toBe(true);
    maps[0].reject(abort());
    await vi.waitFor(() => expect(convexity.getState().status).toBe("cancelled"));
    expect(convexity.getState().layer?.measuredCount).toBe(2);
    settings.getState().setView({ colourBy: "value" });
    await vi.waitFor(() => expect(figure.getState().figure?.layer).toBeNull());
  });

  it("is kept, and a later visit shows it on its plane and on no other", async () => {
    const first = openPage();
    await first.measure();
    first.convexity.getState().measure(3);
    for (let cell = 0; cell < 9; cell++) first.maps[0].emit(point(cell, 2, cell === 4 ? Number.NaN : -1));
    const { alpha, beta } = { alpha: Float64Array.of(-1, 0, 1), beta: Float64Array.of(-1, 0, 1) };
    const grid = new Float64Array(9);
    const { report } = sampleResults.spectrum;
    const ended = { alpha, beta, largest: grid, smallest: grid, tolerance: 0.01, unconverged: 2, products: 40 };
    const request = { ...report.request, subset: "train", batchNorm: "frozen" } as const;
    first.maps[0].resolve({ ...ended, status: "complete", report: { ...report, request } });
    await vi.waitFor(() => expect(first.convexity.getState().status).toBe("complete"));
    const [map] = first.kept;
    expect(map.plane).toMatchObject({ x: "random:1", y: "random:2", normalization: "filter" });

    const later = openPage();
    later.convexity.getState().restore(later.source, map);
    expect(later.convexity.getState().layer).toBeNull();
    await later.measure({ x: { kind: "random", seed: 99 } });
    expect(later.convexity.getState().layer).toBeNull();
    await later.measure();
    expect(later.convexity.getState()).toMatchObject({
      status: "complete",
      layer: { measuredCount: 9, nonFiniteCount: 1 },
      spent: { products: 40, unconverged: 2 },
    });
    expect(later.maps).toEqual([]);
    await later.measure({ alpha: { min: -2, max: 1, count: 5 } });
    expect(later.convexity.getState().layer).toBeNull();
  });

  it("goes with its plane and rectangle, and comes back with them", async () => {
    const { convexity, maps, measure } = openPage();
    await measure();
    convexity.getState().measure(3);
    maps[0].emit(point(4, 2, -1));
    await vi.waitFor(() => expect(convexity.getState().layer?.measuredCount).toBe(1));
    await measure({ alpha: { min: -2, max: 2, count: 5 } });
    expect(maps[0].cancelled).toBe(true);
    expect(convexity.getState()).toMatchObject({ status: "idle", layer: null });
    maps[0].emit(point(0, 2, -1));
    maps[0].reject(abort());
    await settle();
    expect(convexity.getState().status).toBe("idle");
    await measure({ alpha: { min: -1, max: 1, count: 9 } });
    expect(convexity.getState()).toMatchObject({ status: "cancelled", layer: { measuredCount: 1 } });
  });
});
