/** What a visitor may begin with: what fits this device, and how long it takes. */
import { describe, expect, it } from "vitest";
import { createDoorsStore, threeInitialisations } from "../../src/app/stores/doors.ts";
import { presetOf } from "../../src/app/stores/settings/presets.ts";
import { sweepRuns } from "../../src/experiment/sweep-runs.ts";
import type { JobName, JobRunner } from "../../src/jobs/jobs.ts";

/** A device of a given speed, on which VGG11 slim takes 700 GFLOP to train and 20 for a loss, and all else a tenth. */
function device(flopPerSecond: number | null) {
  const asked: JobName[] = [];
  const start = (name: JobName, { spec }: { spec?: { model: { name: string } } }) => {
    asked.push(name);
    const share = spec?.model.name === "vgg" ? 1 : 0.1;
    const cost = { training: { totalFlop: 7e11 * share }, evaluationFlop: 2e10 * share };
    return { result: Promise.resolve(name === "calibrate" ? { flopPerSecond } : cost) };
  };
  const store = createDoorsStore(() => ({ start }) as unknown as JobRunner, "auto");
  return { store, asked };
}

describe("the doors", () => {
  it("lead to VGG11 on a device that is through with it and its surface soon", async () => {
    const { store } = device(2e12);
    await store.getState().measure(625);
    expect(store.getState().first).toEqual({
      preset: presetOf("slim"),
      trainingSeconds: 0.35,
      surfaceSeconds: 6.25,
    });
  });

  it("lead to less work on a slow one, with its own times", async () => {
    const { store } = device(2e10);
    await store.getState().measure(625);
    expect(store.getState().first).toEqual({
      preset: presetOf("mlp-tanh"),
      trainingSeconds: 3.5,
      surfaceSeconds: 62.5,
    });
  });

  it("promise no time where the device could not be measured, and ask for no more", async () => {
    const { store, asked } = device(null);
    await store.getState().measure(625);
    expect(store.getState()).toMatchObject({ first: null, isMeasured: true });
    expect(asked).toEqual(["calibrate"]);
  });

  it("train three draws of the initial weights, and nothing else differs", () => {
    const { spec } = presetOf("slim");
    const runs = sweepRuns(threeInitialisations(spec));
    expect(runs.map((run) => run.spec)).toEqual([1, 2, 3].map((seed) => ({ ...spec, init: { ...spec.init, seed } })));
  });
});
