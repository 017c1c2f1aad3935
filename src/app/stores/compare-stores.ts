/** All state of the Compare page, wired together. */
import type { PathBatchNorm } from "../../experiment/comparison.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import { type CompareCurvatureStore, createCompareCurvature } from "./compare-curvature.ts";
import { type CompareCurve, createCompareCurve } from "./compare-curve.ts";
import { type CompareFiguresStore, createCompareFigures } from "./compare-figures.ts";
import { type CompareJobStore, createCompareJob } from "./compare-job.ts";
import { type ComparePlane, createComparePlane } from "./compare-plane.ts";
import { type CompareRunsStore, createCompareRuns, type LoadedRun } from "./compare-runs.ts";
import { type CompareSettingsStore, createCompareSettings } from "./compare-settings.ts";
import { type CompareSurfaces, createCompareSurfaces } from "./compare-surfaces.ts";
import { type CompareViewpoints, createCompareViewpoints } from "./compare-viewpoints.ts";
import type { RunKeeper } from "./run-keeper.ts";
import type { SettingsStore } from "./settings-store.ts";

export interface CompareStores extends CompareSurfaces {
  readonly runs: CompareRunsStore;
  readonly settings: CompareSettingsStore;
  readonly figures: CompareFiguresStore;
  readonly viewpoints: CompareViewpoints;
  readonly curvature: CompareCurvatureStore;
  readonly distances: CompareJobStore<"distances", DistancesSubject>;
  readonly line: CompareJobStore<"line", LineSubject>;
  readonly plane: ComparePlane;
  readonly curve: CompareCurve;
}

export interface DistancesSubject {
  readonly runs: readonly LoadedRun[];
  /** Also after matching hidden units. */
  readonly matched: boolean;
}

export interface LineSubject {
  readonly from: LoadedRun;
  readonly to: LoadedRun;
  readonly points: number;
  readonly batchNorm: PathBatchNorm;
}

export interface CompareServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly keeper: RunKeeper;
  readonly settings: SettingsStore;
  readonly prefersReducedMotion: () => boolean;
}

export function createCompareStores(services: CompareServices): CompareStores {
  const { runner, backend, keeper, settings: pageSettings, prefersReducedMotion } = services;
  const settings = createCompareSettings(pageSettings);
  const runs = createCompareRuns(keeper.runs, {
    get: () => settings.getState().runs,
    set: (ids) => settings.getState().set({ runs: ids && [...ids] }),
    subscribe: (onChange) =>
      settings.subscribe((now, before) => {
        if (now.runs !== before.runs) onChange();
      }),
  });
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
    curvature: createCompareCurvature({ runner, backend, runs, keeper }),
    distances: createCompareJob(runner, "distances", ({ runs: compared, matched }: DistancesSubject) => ({
      models: compared.map(({ record, source: { spec, weights } }) => ({ label: record.name, spec, weights })),
      data: compared[0].source.spec.data,
      subset: "test",
      matched,
      seed: 0,
      backend,
    })),
    plane: createComparePlane(runner, backend),
    curve: createCompareCurve(runner, backend),
    line: createCompareJob(runner, "line", ({ from, to, points, batchNorm }: LineSubject) => ({
      spec: from.source.spec,
      from: from.source.weights,
      to: to.source.weights,
      points,
      batchNorm,
      match: true,
      seed: 0,
      backend,
    })),
  };
}
