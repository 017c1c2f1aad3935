/** What all pages share: the experiment, its run and the sweep, what is kept of runs, what the device and the data offer. */
import { createContext } from "react";
import { createFaultStore, type FaultStore } from "../kit/fault-store.ts";
import { type CostStore, createCostStore } from "../stores/cost-store.ts";
import { type CurrentWeights, createCurrentWeights } from "../stores/current-weights.ts";
import { createDataStore, type DataStore } from "../stores/data-store.ts";
import { createDeviceStore, type DeviceStore } from "../stores/device-store.ts";
import { createInterfaceStore, type InterfaceStore } from "../stores/interface-store.ts";
import { createJobsStore, type JobsStore } from "../stores/jobs-store.ts";
import { guardLeaving } from "../stores/leaving.ts";
import { createRunKeeper, type RunKeeper } from "../stores/run-keeper.ts";
import type { Settings } from "../stores/settings/settings.ts";
import { createSettingsStore, type SettingsStore } from "../stores/settings/settings-store.ts";
import { createSweepMemory } from "../stores/sweep/memory.ts";
import { createSweepStore, isSweeping, type SweepStore } from "../stores/sweep/sweep-store.ts";
import { type TrainingPlace, trainingPlace } from "../stores/sweep/training-place.ts";
import { createTabLocks, type TabLocks, trainingLock } from "../stores/tab-locks.ts";
import { createTrainingStore, type TrainingStore } from "../stores/training-store.ts";
import { createTrajectoryStore, type TrajectoryStore } from "../stores/trajectory/trajectory-store.ts";
import type { Services } from "./services.ts";
import { useStoresOf } from "./use-stores-of.ts";

export interface SessionStores extends Pick<Services, "runner" | "backend"> {
  readonly keeper: RunKeeper;
  readonly locks: TabLocks;
  readonly settings: SettingsStore;
  readonly faults: FaultStore;
  readonly preferences: InterfaceStore;
  readonly training: TrainingStore;
  /** The points that the run on the pages has recorded. */
  readonly trajectory: TrajectoryStore;
  readonly sweep: SweepStore;
  /** Where a run trains now; null for nowhere. */
  readonly placeOf: (runId: string) => TrainingPlace | null;
  readonly currentWeights: CurrentWeights;
  readonly jobs: JobsStore;
  readonly device: DeviceStore;
  readonly data: DataStore;
  readonly cost: CostStore;
}

export interface SessionOptions {
  readonly services: Pick<Services, "runner" | "queue" | "backend" | "openRuns">;
  readonly initial: Settings;
  readonly onError: (error: unknown) => void;
}

const newRunId = () => crypto.randomUUID();

export function createSessionStores({ services, initial, onError }: SessionOptions): SessionStores {
  const { runner, backend } = services;
  const settings = createSettingsStore(initial);
  const keeper = createRunKeeper(services.openRuns, onError, guardLeaving);
  const locks = createTabLocks(globalThis.navigator?.locks);
  const memory = createSweepMemory(() => localStorage);
  const sweep = createSweepStore({ runner, backend, keeper, memory, locks, newRunId, onError });
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
    newRunId,
    hold: (runId) => locks.hold(trainingLock(runId)),
    isTaken: () => isSweeping(sweep.getState()),
  });
  const placeOf = (runId: string) => {
    const now = { training: training.getState(), sweep: sweep.getState(), elsewhere: locks.elsewhere.getState() };
    return trainingPlace(now, runId);
  };
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
    backend,
    keeper,
    locks,
    settings,
    faults: createFaultStore(),
    preferences: createInterfaceStore(),
    training,
    trajectory,
    sweep,
    placeOf,
    currentWeights: createCurrentWeights({ runner, settings, training }),
    jobs: createJobsStore(services.queue),
    device: createDeviceStore(runner, backend),
    data,
    cost,
  };
}

const context = createContext<SessionStores | null>(null);
export const SessionProvider = context.Provider;
export const useSession = (): SessionStores => useStoresOf(context, "the session");
