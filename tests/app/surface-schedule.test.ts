/** A surface on the plate follows its settings, and waits while a field of it shows something else than what is used. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { createFaultStore } from "../../src/app/kit/fault-store.ts";
import type { InterfaceStore } from "../../src/app/stores/interface-store.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { createSettingsStore } from "../../src/app/stores/settings/settings-store.ts";
import { scheduleSurfaces } from "../../src/app/stores/surface-schedule.ts";
import type { SurfaceStore } from "../../src/app/stores/surface-store.ts";
import type { TrainingStore } from "../../src/app/stores/training-store.ts";

const fault = { scope: "surface", name: "Points", found: "-3", remedy: "Give more.", inUse: "25" } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function schedule() {
  const settings = createSettingsStore(defaultSettings);
  const faults = createFaultStore();
  const measure = vi.fn();
  const surface = createStore(() => ({
    status: "complete",
    source: {},
    settings: defaultSettings.surface,
    isOrphan: false,
    measure,
  })) as unknown as SurfaceStore;
  const training = createStore(() => ({ status: "running", checkpoint: null })) as unknown as TrainingStore;
  const preferences = createStore(() => ({ surfaceWhenTrained: true })) as unknown as InterfaceStore;
  const currentWeights = () => Promise.reject(new Error("No weights are asked for."));
  scheduleSurfaces({
    surface,
    settings,
    faults,
    training,
    preferences,
    currentWeights,
    onError: (error) => expect.unreachable(String(error)),
  });
  return { settings, faults, measure, training };
}

test("a change is measured once it stands still", () => {
  const { settings, measure } = schedule();
  settings.getState().setSurface({ normalization: "layer" });
  settings.getState().setSurface({ normalization: "none" });
  vi.runAllTimers();
  expect(measure).toHaveBeenCalledTimes(1);
  expect(measure.mock.calls[0][1]).toMatchObject({ normalization: "none" });
});

test("a change beside a field with a fault waits until that field is mended", () => {
  const { settings, faults, measure } = schedule();
  faults.getState().report("points", fault);
  settings.getState().setSurface({ normalization: "layer" });
  vi.runAllTimers();
  expect(measure).not.toHaveBeenCalled();
  faults.getState().report("points", null);
  vi.runAllTimers();
  expect(measure).toHaveBeenCalledTimes(1);
});

test("faults of other fields hold nothing up", () => {
  const { settings, faults, measure } = schedule();
  faults.getState().report("probes", { ...fault, scope: "density" });
  settings.getState().setSurface({ normalization: "layer" });
  vi.runAllTimers();
  expect(measure).toHaveBeenCalledTimes(1);
});

test("no surface follows a training while its fields have a fault", () => {
  const { faults, measure, training } = schedule();
  faults.getState().report("points", fault);
  training.setState({ status: "complete", checkpoint: { step: 1, spec: defaultSettings.spec } as never });
  expect(measure).not.toHaveBeenCalled();
});
