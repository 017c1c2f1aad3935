import { describe, expect, it } from "vitest";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { findSpectrum } from "../../src/app/stores/spectrum/find-spectrum.ts";
import { createMeasurement } from "../../src/app/stores/spectrum/measurements.ts";
import type { SurfaceSource } from "../../src/app/stores/surface-source.ts";
import type { Spectrum } from "../../src/experiment/curvature.ts";
import type { SpectrumParams } from "../../src/jobs/curvature-jobs.ts";
import type { JobHandle, JobRunner } from "../../src/jobs/jobs.ts";

const sourceWith = (label: string): SurfaceSource => ({
  spec: defaultSettings.spec,
  weights: { theta: new Float32Array(4), state: new Float32Array(0) },
  label,
  checkpoint: null,
});

async function* none() {}

/** Finds what it is asked for at once, and cancelled with nothing. */
function open() {
  const asked: SpectrumParams[] = [];
  const runner: JobRunner = {
    start(name, params) {
      if (name !== "spectrum") throw new Error(`No ${name} here.`);
      const wanted = params as SpectrumParams;
      asked.push(wanted);
      const vectors = Array.from({ length: wanted.top + wanted.bottom }, () => new Float32Array(4));
      const result = Promise.resolve({ vectors, top: wanted.top, status: "converged" } as unknown as Spectrum);
      return { events: none(), result, control() {}, cancel() {} } as unknown as JobHandle<typeof name>;
    },
  };
  return { store: createMeasurement("spectrum", { runner: () => runner, backend: "auto" }), asked };
}

const signal = new AbortController().signal;
const view = defaultSettings.surface;

describe("eigenpairs for a surface", () => {
  it("are solved for once, of the function that the surface shows", async () => {
    const { store, asked } = open();
    const source = sourceWith("here");
    const found = await findSpectrum(store, source, { top: 1, bottom: 0 }, { ...view, subset: "test" }, signal);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      weights: source.weights,
      request: { operator: "hessian", subset: "test", batchNorm: "frozen", parameters: ["*"], filterScaled: false },
    });
    expect(findSpectrum(store, source, { top: 1, bottom: 1 }, view, signal)).toBe(found);
  });

  it("are solved for again when more are needed, by the settings of the known ones", async () => {
    const { store, asked } = open();
    const source = sourceWith("here");
    await findSpectrum(store, source, { top: 1, bottom: 0 }, { ...view, subset: "test" }, signal);
    const found = await findSpectrum(store, source, { top: 4, bottom: 3 }, view, signal);
    expect(asked[1]).toMatchObject({ top: 4, bottom: 3, request: { subset: "test" } });
    expect(found.vectors).toHaveLength(7);
  });

  it("of other weights are of no use", async () => {
    const { store, asked } = open();
    await findSpectrum(store, sourceWith("here"), { top: 1, bottom: 0 }, view, signal);
    await findSpectrum(store, sourceWith("there"), { top: 1, bottom: 0 }, view, signal);
    expect(asked).toHaveLength(2);
  });
});
