import { describe, expect, it, vi } from "vitest";
import { solveParams } from "../../../src/app/stores/measurements/spectrum.ts";
import { defaultSettings } from "../../../src/app/stores/settings/settings.ts";
import { defaultSpectrumView, measurementParams } from "../../../src/app/stores/settings/spectrum-settings.ts";
import { createLayoutStore, layoutKey } from "../../../src/app/stores/spectrum/layout-store.ts";
import { createMeasurement, createSpectrumMeasurements } from "../../../src/app/stores/spectrum/measurements.ts";
import { unpackSteps } from "../../../src/experiment/solve-history.ts";
import type { Spec } from "../../../src/experiment/spec.ts";
import type { JobRunner } from "../../../src/jobs/jobs.ts";
import { createFakeRunner } from "../fake-runner.ts";

const spec: Spec = {
  ...defaultSettings.spec,
  model: { name: "mlp", hidden: [8], activation: "tanh", classes: 10 },
};
const source = {
  spec,
  weights: { theta: new Float32Array(4), state: new Float32Array(0) },
  label: "after 8 epochs",
  checkpoint: null,
};
const settings = solveParams({ top: 3, bottom: 1 }, defaultSpectrumView);
const fast = () => createFakeRunner({ speed: Number.POSITIVE_INFINITY });

describe("the store of eigenpairs", () => {
  it("solves, streams its steps, and keeps the result", async () => {
    const runner = fast();
    const keep = vi.fn();
    const store = createMeasurement("spectrum", { runner: () => runner, backend: "auto", keep });
    const solving = store.getState().measure(source, settings);
    expect(store.getState()).toMatchObject({ status: "queued", source, result: null });
    const spectrum = await solving;
    const { status, result, parts: steps, started } = store.getState();
    expect(status).toBe("complete");
    expect(result).toBe(spectrum);
    expect(steps.map(({ products }) => products)).toEqual(steps.map((_, i) => i + 1));
    expect(steps.at(-1)?.products).toBe(spectrum.products);
    expect(started?.dimension).toBe(3072 * 8 + 8 + 80 + 10);
    expect(keep).toHaveBeenCalledWith(source, "spectrum", spectrum);
  });

  it("keeps what has converged when it is cancelled", async () => {
    const runner = createFakeRunner({ speed: 12 });
    const store = createMeasurement("spectrum", { runner: () => runner, backend: "auto" });
    const solving = store.getState().measure(source, settings);
    await vi.waitFor(() => expect(store.getState().parts.at(-1)?.converged).toBeGreaterThan(0), { timeout: 4000 });
    store.getState().cancel();
    const spectrum = await solving;
    expect(spectrum.status).toBe("cancelled");
    expect(spectrum.eigenvalues.length).toBeGreaterThan(0);
    expect(store.getState()).toMatchObject({ status: "cancelled", result: spectrum });
  });

  it("gives way to a new solve, whose result stands alone", async () => {
    const runner = createFakeRunner({ speed: 60 });
    const store = createMeasurement("spectrum", { runner: () => runner, backend: "auto" });
    const first = store.getState().measure(source, settings);
    const second = store.getState().measure(source, { ...settings, top: 1 });
    expect((await first).status).toBe("cancelled");
    const spectrum = await second;
    expect(store.getState().result).toBe(spectrum);
    expect(spectrum.top).toBe(1);
  });

  it("says why a solve failed, and rejects", async () => {
    const failing: JobRunner = {
      start: () => ({
        events: (async function* () {})(),
        result: Promise.reject(new Error("The device was lost.")),
        control: () => {},
        cancel: () => {},
      }),
    };
    const store = createMeasurement("spectrum", { runner: () => failing, backend: "auto" });
    await expect(store.getState().measure(source, settings)).rejects.toThrow("The device was lost.");
    expect(store.getState()).toMatchObject({ status: "failed", message: "The device was lost.", result: null });
  });

  it("shows a spectrum that was kept", async () => {
    const runner = fast();
    const spectrum = await createMeasurement("spectrum", { runner: () => runner, backend: "auto" })
      .getState()
      .measure(source, settings);
    const store = createMeasurement("spectrum", { runner: () => runner, backend: "auto" });
    store.getState().restore(source, spectrum);
    expect(store.getState()).toMatchObject({ status: "complete", source, result: spectrum });
    expect(store.getState().parts.length).toBeGreaterThan(0);
    expect(store.getState().parts).toEqual(unpackSteps(spectrum.history!));
    const { history: _, ...older } = spectrum;
    store.getState().restore(source, older);
    expect(store.getState()).toMatchObject({ status: "complete", result: older, parts: [] });
  });
});

describe("the other measurements", () => {
  it("stream their parts, end with a result, and keep it", async () => {
    const runner = fast();
    const keep = vi.fn();
    const { density, trace, layers, subsets, sharpness } = createSpectrumMeasurements({
      runner: () => runner,
      backend: "auto",
      keep,
    });
    void density.getState().measure(source, measurementParams("density", defaultSpectrumView, 1000));
    void trace.getState().measure(source, measurementParams("trace", defaultSpectrumView, 1000));
    void layers.getState().measure(source, measurementParams("layers", defaultSpectrumView, 1000));
    void subsets.getState().measure(source, measurementParams("subsets", defaultSpectrumView, 1000));
    void sharpness.getState().measure(source, measurementParams("sharpness", defaultSpectrumView, 1000));
    await vi.waitFor(() => {
      for (const store of [density, trace, layers, subsets, sharpness])
        expect([store.getState().status, store.getState().message]).toEqual(["complete", null]);
    });
    expect(density.getState().parts).toHaveLength(10);
    expect(density.getState().result?.runs).toHaveLength(10);
    expect(trace.getState().parts).toHaveLength(30);
    expect(layers.getState().parts.map(({ name }) => name)).toEqual(["layers.0", "layers.2"]);
    expect(subsets.getState().parts).toHaveLength(1 + 4 * 5 + 5);
    expect(sharpness.getState().parts).toHaveLength(2 * 20 + 2 * 10);
    expect(sharpness.getState().parts.at(-1)?.estimate.value).toBe(sharpness.getState().result?.figures.at(-1)?.value);
    expect(keep).toHaveBeenCalledTimes(5);
    expect(keep).toHaveBeenCalledWith(source, "density", density.getState().result);
  });

  it("keep their parts when they are cancelled", async () => {
    const runner = createFakeRunner({ speed: 40 });
    const keep = vi.fn();
    const { density } = createSpectrumMeasurements({ runner: () => runner, backend: "auto", keep });
    void density
      .getState()
      .measure(
        source,
        measurementParams("density", { ...defaultSpectrumView, density: { probes: 500, steps: 20 } }, 1000),
      );
    await vi.waitFor(() => expect(density.getState().parts.length).toBeGreaterThan(1));
    density.getState().cancel();
    await vi.waitFor(() => expect(density.getState().status).toBe("cancelled"));
    const { parts, result } = density.getState();
    expect(parts.length).toBeLessThan(500);
    expect(result?.runs).toEqual(parts);
  });
});

describe("the store of layouts", () => {
  it("asks once for each model", async () => {
    const runner = fast();
    const store = createLayoutStore(() => runner);
    store.getState().ask(spec);
    store.getState().ask(spec);
    await vi.waitFor(() => expect(store.getState().layouts[layoutKey(spec)]?.count).toBe(3072 * 8 + 8 + 80 + 10));
    expect(runner.started).toEqual(["describeModel"]);
  });
});
