/**
 * When a surface is measured: on demand, after training, and again whenever a setting of a surface on the page changes.
 * Training in progress is stopped first (the worker does one thing at a time); it goes on from exactly there.
 */
import { type FaultStore, faultsOf } from "../kit/fault-store.ts";
import { type CurrentWeights, sourceOf } from "./current-weights.ts";
import type { InterfaceStore } from "./interface-store.ts";
import { sameSurface } from "./settings/settings.ts";
import type { SettingsStore } from "./settings/settings-store.ts";
import type { SurfaceStore } from "./surface-store.ts";
import { isBusy, type TrainingStore } from "./training-store.ts";

/** Measures around the trained weights, or around the initial ones when nothing is trained. Rejects when it cannot. */
export type MeasureNow = () => Promise<void>;

export interface SurfaceScheduleOptions {
  readonly surface: SurfaceStore;
  readonly settings: SettingsStore;
  readonly faults: FaultStore;
  readonly training: TrainingStore;
  readonly preferences: InterfaceStore;
  readonly currentWeights: CurrentWeights;
  readonly onError: (error: unknown) => void;
}

const settleMs = 220;

export function scheduleSurfaces({
  surface,
  settings,
  faults,
  training,
  preferences,
  currentWeights,
  onError,
}: SurfaceScheduleOptions): MeasureNow {
  const measureNow = async () => {
    if (isBusy(training.getState().status)) await training.getState().stop();
    surface.getState().measure(await currentWeights(), settings.getState().current.surface);
  };

  const isSound = () => faultsOf(faults.getState(), ["surface"]).length === 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Measures anew what is on the plate once its settings stand still, if every field shows what is used. */
  const follow = () => {
    if (surface.getState().status === "idle") return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { source: current, settings: measured, measure, isOrphan } = surface.getState();
      const wanted = settings.getState().current.surface;
      if (!current || !measured || !isSound() || sameSurface(measured, wanted)) return;
      if (isOrphan) void measureNow().catch(onError);
      else measure(current, wanted);
    }, settleMs);
  };
  settings.subscribe(({ current }, { current: before }) => {
    if (current.surface !== before.surface) follow();
  });
  faults.subscribe((_now, before) => {
    if (faultsOf(before, ["surface"]).length > 0 && isSound()) follow();
  });
  training.subscribe((now, before) => {
    // A run put back as it was kept is complete too, but nothing starts by itself.
    if (!isBusy(before.status) || now.status !== "complete" || !now.checkpoint) return;
    if (preferences.getState().surfaceWhenTrained && isSound()) {
      const current = sourceOf(now.checkpoint, now.runId, now.origin);
      surface.getState().measure(current, settings.getState().current.surface);
    }
  });
  return measureNow;
}
