/** The weights that a page measures around, with the words for where they stand. */
import type { JobRunner } from "../../jobs/jobs.ts";
import type { TrainingCheckpoint } from "../../jobs/training-jobs.ts";
import type { SettingsStore } from "./settings/settings-store.ts";
import { stepsPerEpochOfRun } from "./steps-of.ts";
import type { SurfaceSource } from "./surface-source.ts";
import type { TrainingStore } from "./training-store.ts";

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

/** The trained weights, or the initial ones when nothing is trained. Rejects when the model can't be made. */
export type CurrentWeights = () => Promise<SurfaceSource>;

export interface CurrentWeightsOptions {
  readonly runner: () => JobRunner;
  readonly settings: SettingsStore;
  readonly training: TrainingStore;
}

export function createCurrentWeights({ runner, settings, training }: CurrentWeightsOptions): CurrentWeights {
  /** Kept, so that what is computed at initial weights is known to be of the same ones. */
  let initial: SurfaceSource | null = null;
  return async () => {
    const { checkpoint, runId, origin } = training.getState();
    if (checkpoint) return sourceOf(checkpoint, runId, origin);
    const { spec } = settings.getState().current;
    if (initial?.spec !== spec) {
      const weights = await runner().start("initialize", { spec }).result;
      initial = { spec, weights, label: "at initialisation", checkpoint: null };
    }
    return initial;
  };
}
