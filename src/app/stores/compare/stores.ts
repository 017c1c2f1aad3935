/** All state of the Compare page, wired together. */
import type { ComparisonStore } from "../../../experiment/storage/kept-comparisons.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import type { RunKeeper } from "../run-keeper.ts";
import type { SettingsStore } from "../settings/settings-store.ts";
import { createAdoption } from "./adopt-kept.ts";
import { type CompareCurvatureStore, createCompareCurvature } from "./curvature.ts";
import { type CompareCurve, createCompareCurve } from "./curve.ts";
import { type CompareDistances, createCompareDistances } from "./distances.ts";
import { type CompareFiguresStore, createCompareFigures } from "./figures.ts";
import { keepComparisons } from "./keeping.ts";
import { type CompareLine, createCompareLine } from "./line.ts";
import { type CompareMemory, createCompareMemory } from "./memory.ts";
import { type ComparePlane, createComparePlane } from "./plane.ts";
import { type CompareRunsStore, createCompareRuns } from "./runs.ts";
import { type CompareSettingsStore, createCompareSettings } from "./settings-store.ts";
import { type CompareSurfaces, createCompareSurfaces } from "./surfaces.ts";
import { type CompareViewpoints, createCompareViewpoints } from "./viewpoints.ts";

export interface CompareStores extends CompareSurfaces {
  readonly runs: CompareRunsStore;
  readonly settings: CompareSettingsStore;
  readonly figures: CompareFiguresStore;
  readonly viewpoints: CompareViewpoints;
  readonly curvature: CompareCurvatureStore;
  readonly distances: CompareDistances;
  readonly line: CompareLine;
  readonly plane: ComparePlane;
  readonly curve: CompareCurve;
}

export interface CompareServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly keeper: RunKeeper;
  readonly settings: SettingsStore;
  readonly openComparisons: () => Promise<ComparisonStore>;
  readonly onError: (error: unknown) => void;
  readonly prefersReducedMotion: () => boolean;
}

export function createCompareStores(services: CompareServices): CompareStores {
  const { runner, backend, keeper, settings: pageSettings, openComparisons, onError, prefersReducedMotion } = services;
  const settings = createCompareSettings(pageSettings);
  const memory = createCompareMemory(openComparisons, onError);
  const between = {
    distances: createCompareDistances(runner, backend),
    line: createCompareLine(runner, backend),
    plane: createComparePlane(runner, backend),
    curve: createCompareCurve(runner, backend),
  };
  const show = keepComparisons(between, memory);
  const adopt = createAdoption(pageSettings);
  const runs = createCompareRuns(keeper.runs, {
    get: () => settings.getState().runs,
    set: (ids) => settings.getState().set({ runs: ids && [...ids] }),
    subscribe: (onChange) =>
      settings.subscribe((now, before) => {
        if (now.runs !== before.runs) onChange();
      }),
  });
  const { surfaces, spectrum } = createCompareSurfaces({
    runner,
    backend,
    keeper,
    runs,
    memory,
    wanted: () => settings.getState().surface,
  });
  runs.subscribe(({ chosen, readings }, before) => {
    if (chosen === before.chosen && readings === before.readings) return;
    const loaded = chosen.flatMap((id) => {
      const reading = readings[id];
      return reading?.status === "ready" ? [reading.run] : [];
    });
    if (loaded.length === chosen.length) adopt(loaded);
    surfaces.getState().hold(loaded);
    if (loaded.length === chosen.length) show(loaded);
  });
  runs.subscribe((now, before) => {
    if (now.runs !== before.runs) void forgetDeleted(keeper, memory);
  });
  // What is measured would not be what is asked for.
  settings.subscribe((now, before) => {
    if (now.surface === before.surface) return;
    surfaces.getState().cancel();
    surfaces.getState().showKept();
  });
  return {
    runs,
    settings,
    surfaces,
    spectrum,
    figures: createCompareFigures(surfaces, settings),
    viewpoints: createCompareViewpoints(prefersReducedMotion),
    curvature: createCompareCurvature({ runner, backend, runs, keeper, memory }),
    ...between,
  };
}

/**
 * Forgets deleted runs. Runs without weights, and damaged ones, are kept; where nothing can be read, nothing is known
 * to be deleted.
 */
async function forgetDeleted(keeper: RunKeeper, memory: CompareMemory): Promise<void> {
  const store = await keeper.runs;
  if (store.kind === "unavailable") return;
  const { runs, damaged } = await store.listRuns();
  const ids = new Set([...runs.map(({ record }) => record.id), ...damaged.map(({ id }) => id)]);
  await memory.dropWithout((id) => ids.has(id));
}
