/** All state of the Compare page, wired together. */
import type { BackendChoice, JobRunner } from "../../jobs/jobs.ts";
import { type CompareFiguresStore, createCompareFigures } from "./compare-figures.ts";
import { type CompareRunsStore, createCompareRuns } from "./compare-runs.ts";
import { type CompareSettingsStore, createCompareSettings } from "./compare-settings.ts";
import { type CompareSurfaces, createCompareSurfaces } from "./compare-surfaces.ts";
import { type CompareViewpoints, createCompareViewpoints } from "./compare-viewpoints.ts";
import type { RunKeeper } from "./run-keeper.ts";

export interface CompareStores extends CompareSurfaces {
  readonly runs: CompareRunsStore;
  readonly settings: CompareSettingsStore;
  readonly figures: CompareFiguresStore;
  readonly viewpoints: CompareViewpoints;
}

export interface CompareServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly keeper: RunKeeper;
  readonly prefersReducedMotion: () => boolean;
}

export function createCompareStores({ runner, backend, keeper, prefersReducedMotion }: CompareServices): CompareStores {
  const runs = createCompareRuns(keeper.runs);
  const settings = createCompareSettings();
  const { surfaces, spectrum } = createCompareSurfaces({ runner, backend, keeper, runs });
  runs.subscribe(({ chosen, readings }, before) => {
    if (chosen === before.chosen && readings === before.readings) return;
    const loaded = chosen.flatMap((id) => {
      const reading = readings[id];
      return reading?.status === "ready" ? [reading.run] : [];
    });
    surfaces.getState().hold(loaded);
  });
  // What is measured would not be what is asked for.
  settings.subscribe((now, before) => {
    if (now.surface !== before.surface) surfaces.getState().cancel();
  });
  return {
    runs,
    settings,
    surfaces,
    spectrum,
    figures: createCompareFigures(surfaces, settings),
    viewpoints: createCompareViewpoints(prefersReducedMotion),
  };
}
