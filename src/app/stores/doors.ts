/** What a visitor may begin with at one press, as large as this device finishes soon, and what each of it takes here. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spec } from "../../experiment/spec.ts";
import { type Sweep, sweepSchema } from "../../experiment/sweep.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import type { Preset } from "./settings/preset.ts";
import { presetOf } from "./settings/presets.ts";

/** Presets in order, the most telling first and the least work last. */
const candidates: readonly Preset[] = [presetOf("slim"), presetOf("mlp-tanh")];
/** Most that a training and its surface may take together: what is longer is no first look. */
const mostSeconds = 120;

export interface FirstRun {
  readonly preset: Preset;
  /** Seconds of its training on this device. */
  readonly trainingSeconds: number;
  /** Seconds of one surface around its end. */
  readonly surfaceSeconds: number;
}

/** The same training from three draws of the initial weights. */
export const threeInitialisations = (base: Spec): Sweep =>
  sweepSchema.parse({ name: "Three initialisations", base, axes: { seed: [1, 2, 3] } });

export interface DoorsState {
  /** Null until this device has been measured, and where its speed could not be told in so short a time. */
  readonly first: FirstRun | null;
  readonly isMeasured: boolean;
  /** Measures the device for at most 300 ms where nothing is known of its speed. `points`: of a surface. Rejects when it can't. */
  measure(points: number): Promise<void>;
}

export type DoorsStore = StoreApi<DoorsState>;

export function createDoorsStore(runner: () => JobRunner, backend: BackendChoice): DoorsStore {
  const timed = async (preset: Preset, flopPerSecond: number, points: number): Promise<FirstRun> => {
    const { training, evaluationFlop } = await runner().start("estimateCost", { spec: preset.spec, backend }).result;
    return {
      preset,
      trainingSeconds: training.totalFlop / flopPerSecond,
      surfaceSeconds: (points * evaluationFlop) / flopPerSecond,
    };
  };
  return createStore<DoorsState>((set) => ({
    first: null,
    isMeasured: false,
    async measure(points) {
      try {
        const { flopPerSecond } = await runner().start("calibrate", { backend }).result;
        if (flopPerSecond === null) return;
        let first: FirstRun | null = null;
        for (const preset of candidates) {
          first = await timed(preset, flopPerSecond, points);
          if (first.trainingSeconds + first.surfaceSeconds <= mostSeconds) break;
        }
        set({ first });
      } finally {
        set({ isMeasured: true });
      }
    },
  }));
}
