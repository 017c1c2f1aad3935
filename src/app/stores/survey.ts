/**
 * When a surface is measured: on demand, after training, and again whenever a setting of a surface on the page changes.
 * Training in progress is stopped first (the worker does one thing at a time); it goes on from exactly there.
 */
import type { JobRunner } from "../../jobs/jobs.ts";
import type { TrainingCheckpoint } from "../../jobs/training-jobs.ts";
import type { InterfaceStore } from "./interface-store.ts";
import { sameSurface } from "./settings/settings.ts";
import type { SettingsStore } from "./settings/settings-store.ts";
import { stepsPerEpochOfRun } from "./steps-of.ts";
import type { SurfaceSource } from "./surface-source.ts";
import type { SurfaceStore } from "./surface-store.ts";
import { isBusy, type TrainingStore } from "./training-store.ts";

export interface Survey {
  /** The trained weights, or the initial ones when nothing is trained. Rejects when the model can't be made. */
  source(): Promise<SurfaceSource>;
  /** Measures around the trained weights, or around the initial ones when nothing is trained. Rejects when it cannot. */
  measureNow(): Promise<void>;
}

const settleMs = 220;

/** Where a state stands: "after 8 epochs", "at initialisation", or where it was loaded from. */
export function describeCheckpoint({ spec, step, epochs }: TrainingCheckpoint, origin: string | null): string {
  if (step === 0) return origin ?? "at initialisation";
  const perEpoch = stepsPerEpochOfRun(spec, epochs);
  const count = perEpoch === null ? Number.NaN : step / perEpoch;
  return Number.isInteger(count) ? `after ${count} ${count === 1 ? "epoch" : "epochs"}` : `after ${step} steps`;
}

/** What a surface around a training's checkpoint is measured around. */
export function sourceOf(checkpoint: TrainingCheckpoint, runId: string | null, origin: string | null): SurfaceSource {
  const { spec, weights, step } = checkpoint;
  return { spec, weights, label: describeCheckpoint(checkpoint, origin), checkpoint: runId ? { runId, step } : null };
}

export function createSurvey(
  runner: () => JobRunner,
  settings: SettingsStore,
  training: TrainingStore,
  surface: SurfaceStore,
  preferences: InterfaceStore,
  onError: (error: unknown) => void,
): Survey {
  /** Kept, so that what is computed at initial weights is known to be of the same ones. */
  let initial: SurfaceSource | null = null;
  const source = async (): Promise<SurfaceSource> => {
    const { checkpoint, runId, origin } = training.getState();
    if (checkpoint) return sourceOf(checkpoint, runId, origin);
    const { spec } = settings.getState().current;
    if (initial?.spec !== spec) {
      const weights = await runner().start("initialize", { spec }).result;
      initial = { spec, weights, label: "at initialisation", checkpoint: null };
    }
    return initial;
  };
  const measureNow = async () => {
    if (isBusy(training.getState().status)) await training.getState().stop();
    surface.getState().measure(await source(), settings.getState().current.surface);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  settings.subscribe(({ current }, { current: before }) => {
    if (current.surface === before.surface || surface.getState().status === "idle") return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { source: at, settings: measured, measure, isOrphan } = surface.getState();
      if (!at || !measured || sameSurface(measured, current.surface)) return;
      if (isOrphan) void measureNow().catch(onError);
      else measure(at, current.surface);
    }, settleMs);
  });
  training.subscribe((now, before) => {
    // A run put back as it was kept is complete too, but nothing starts by itself.
    if (!isBusy(before.status) || now.status !== "complete" || !now.checkpoint) return;
    if (preferences.getState().surfaceWhenTrained) {
      const at = sourceOf(now.checkpoint, now.runId, now.origin);
      surface.getState().measure(at, settings.getState().current.surface);
    }
  });
  return { source, measureNow };
}
