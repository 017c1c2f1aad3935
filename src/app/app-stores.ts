/** All of the page's state, made once and wired together. */
import { createContext, useContext } from "react";
import type { Services } from "./services.ts";
import { type CompareStores, createCompareStores } from "./stores/compare/stores.ts";
import { type ConflictStore, createConflictStore } from "./stores/conflict-store.ts";
import { type ConvexityStore, createConvexityStore } from "./stores/convexity-store.ts";
import { type CostStore, createCostStore } from "./stores/cost-store.ts";
import { createDataStore, type DataStore } from "./stores/data-store.ts";
import { createDeviceStore, type DeviceStore } from "./stores/device-store.ts";
import { createFigureStore, type FigureStore } from "./stores/figure-store.ts";
import { createInterfaceStore, type InterfaceStore } from "./stores/interface-store.ts";
import { guardLeaving } from "./stores/leaving.ts";
import { createPlaneModelStore, type PlaneModelStore } from "./stores/plane-model-store.ts";
import { createRunKeeper, type RunKeeper } from "./stores/run-keeper.ts";
import { createRunsStore, type RunsStore } from "./stores/runs-store.ts";
import type { Settings } from "./stores/settings/settings.ts";
import { createSettingsStore, type SettingsStore } from "./stores/settings/settings-store.ts";
import { findSpectrum } from "./stores/spectrum/find-spectrum.ts";
import { createLayoutStore, type LayoutStore } from "./stores/spectrum/layout-store.ts";
import {
  createSpectrumMeasurements,
  type KeepResult,
  type SpectrumMeasurements,
} from "./stores/spectrum/measurements.ts";
import { createSpectrumStore, type SpectrumStore } from "./stores/spectrum/spectrum-store.ts";
import { createSpectrumViewStore, type SpectrumViewStore } from "./stores/spectrum/view-store.ts";
import { browserStorage } from "./stores/storage-device.ts";
import { findRequest } from "./stores/surface-request.ts";
import { createSurfaceStore, type SurfaceStore } from "./stores/surface-store.ts";
import { createSurvey, type Survey } from "./stores/survey.ts";
import { isSweeping } from "./stores/sweep/sweep-store.ts";
import { createSweepStores, type SweepStores } from "./stores/sweep/sweep-stores.ts";
import { type TrainingPlace, trainingPlace } from "./stores/sweep/training-place.ts";
import { createTabLocks, type TabLocks, trainingLock } from "./stores/tab-locks.ts";
import { createTrainingStore, type TrainingStore } from "./stores/training-store.ts";
import { followSurface } from "./stores/trajectory/follow-surface.ts";
import { createReplayStore, type ReplayStore } from "./stores/trajectory/replay-store.ts";
import { createTrajectoryStore, type TrajectoryStore } from "./stores/trajectory/trajectory-store.ts";
import { createViewpointStore, type ViewpointStore } from "./stores/viewpoint-store.ts";

export interface AppStores {
  readonly runner: Services["runner"];
  readonly keeper: RunKeeper;
  readonly locks: TabLocks;
  /** Where a run trains now; null for nowhere. */
  readonly placeOf: (runId: string) => TrainingPlace | null;
  readonly runs: RunsStore;
  readonly conflicts: ConflictStore;
  readonly settings: SettingsStore;
  readonly training: TrainingStore;
  readonly sweep: SweepStores;
  readonly surface: SurfaceStore;
  readonly spectrum: SpectrumStore;
  readonly planeModel: PlaneModelStore;
  readonly convexity: ConvexityStore;
  readonly trajectory: TrajectoryStore;
  readonly replay: ReplayStore;
  readonly figure: FigureStore;
  readonly viewpoint: ViewpointStore;
  readonly device: DeviceStore;
  readonly data: DataStore;
  readonly cost: CostStore;
  readonly preferences: InterfaceStore;
  readonly survey: Survey;
  readonly measurements: SpectrumMeasurements;
  readonly layout: LayoutStore;
  readonly spectrumView: SpectrumViewStore;
  readonly compare: CompareStores;
}

export function createAppStores(services: Services, initial: Settings, onError: (error: unknown) => void): AppStores {
  const { runner, backend } = services;
  const keeper = createRunKeeper(services.openRuns, onError, guardLeaving);
  const settings = createSettingsStore(initial);
  const locks = createTabLocks(globalThis.navigator?.locks);
  const sweep = createSweepStores(runner, backend, keeper, locks, onError);
  const trajectory = createTrajectoryStore(runner, backend);
  const training = createTrainingStore({
    runner,
    backend,
    keep(...kept) {
      keeper.keepCheckpoint(...kept);
      return keeper.saved();
    },
    record(runId, point) {
      trajectory.getState().record(runId, point);
      keeper.keepTrajectoryPoint(runId, point);
    },
    newRunId: () => crypto.randomUUID(),
    hold: (runId) => locks.hold(trainingLock(runId)),
    isTaken: () => isSweeping(sweep.queue.getState()),
  });
  const placeOf = (runId: string) =>
    trainingPlace(
      {
        training: training.getState(),
        sweep: sweep.queue.getState(),
        elsewhere: locks.elsewhere.getState(),
      },
      runId,
    );
  const spectrum = createSpectrumStore({
    runner,
    backend,
    keep: (source, found) => keepResult(source, "spectrum", found),
  });
  const keepResult: KeepResult = ({ checkpoint }, name, result) => {
    if (checkpoint) keeper.keepResult(checkpoint.runId, name, { step: checkpoint.step, result });
    return keeper.saved();
  };
  const surface = createSurfaceStore({
    runner,
    backend,
    request: (source, view, signal) =>
      findRequest(source, view, signal, {
        spectrum: (...asked) => findSpectrum(spectrum, ...asked),
        principal: (...asked) => trajectory.getState().findPrincipal(...asked),
      }),
    keep: ({ checkpoint }, measured) => {
      if (checkpoint) keeper.keepSurface(checkpoint.runId, { ...measured, step: checkpoint.step });
      return keeper.saved();
    },
  });
  const planeModel = createPlaneModelStore(runner, backend, surface, settings);
  const convexity = createConvexityStore(runner, backend, surface, (source, map) =>
    keepResult(source, "convexity", map),
  );
  const preferences = createInterfaceStore();
  const prefersReducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const replay = createReplayStore(prefersReducedMotion);
  followSurface(trajectory, { surface, settings, training });
  trajectory.subscribe((now, before) => {
    if (now.path?.step.length !== before.path?.step.length) replay.getState().seek(null);
  });
  const cost = createCostStore(runner, backend);
  settings.subscribe((now, before) => {
    if (now.current.spec !== before.current.spec) cost.getState().ask(now.current.spec);
  });
  const data = createDataStore(runner);
  data.subscribe((now, before) => {
    if (now.kept !== before.kept) cost.getState().ask(settings.getState().current.spec);
  });
  return {
    runner,
    keeper,
    locks,
    placeOf,
    conflicts: createConflictStore(),
    runs: createRunsStore(keeper.runs, browserStorage, {
      onDeleted: keeper.deleted,
      isTraining: (runId) => placeOf(runId) !== null,
    }),
    settings,
    training,
    sweep,
    surface,
    spectrum,
    planeModel,
    convexity,
    trajectory,
    replay,
    figure: createFigureStore(surface, settings, planeModel, convexity, trajectory),
    viewpoint: createViewpointStore(prefersReducedMotion),
    device: createDeviceStore(runner, backend),
    data,
    cost,
    preferences,
    survey: createSurvey(runner, settings, training, surface, preferences, onError),
    measurements: createSpectrumMeasurements(runner, backend, keepResult),
    layout: createLayoutStore(runner),
    spectrumView: createSpectrumViewStore(),
    compare: createCompareStores({ ...services, keeper, settings, prefersReducedMotion, onError }),
  };
}

const StoresContext = createContext<AppStores | null>(null);
export const StoresProvider = StoresContext.Provider;

export function useStores(): AppStores {
  const stores = useContext(StoresContext);
  if (!stores) throw new Error("useStores needs a StoresProvider above it.");
  return stores;
}
