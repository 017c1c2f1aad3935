/**
 * Eigenpairs at some weights, as a solve brings them. Steps come faster than a page can draw; it is told of them now and
 * then. A new solve cancels the one before; what a cancelled one has found is its result.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spectrum } from "../../../experiment/curvature.ts";
import { type SolveStep, unpackSteps } from "../../../experiment/solve-history.ts";
import type { CurvatureStarted, SpectrumStep } from "../../../jobs/curvature-jobs.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobHandle, JobRunner } from "../../../jobs/jobs.ts";
import { createJobSlot } from "../job-slot.ts";
import type { JobStatus } from "../job-status.ts";
import type { SpectrumSettings } from "../settings/spectrum-settings.ts";
import type { SurfaceSource } from "../surface-source.ts";

export interface SpectrumState {
  readonly status: JobStatus;
  /** What the result, or the current solve, is of. */
  readonly source: SurfaceSource | null;
  readonly settings: SpectrumSettings | null;
  /** Null while a solve goes on. */
  readonly result: Spectrum | null;
  readonly started: CurvatureStarted | null;
  /** Steps of the current solve or of the last one, first to latest. */
  readonly steps: readonly SolveStep[];
  readonly step: SolveStep | null;
  readonly message: string | null;
  /** Puts the job in the queue, cancelling what runs. Rejects with the job's error, AbortError when cancelled before it began. */
  solve(source: SurfaceSource, settings: SpectrumSettings): Promise<Spectrum>;
  cancel(): void;
  /** Cancels, and shows nothing. */
  clear(): void;
  /** Shows a spectrum that was kept. */
  restore(source: SurfaceSource, spectrum: Spectrum): void;
}

export type SpectrumStore = StoreApi<SpectrumState>;

export interface SpectrumServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  /** Resolves when it is kept, or cannot be. */
  readonly keep?: (source: SurfaceSource, spectrum: Spectrum) => Promise<void>;
}

export const isSolving = (status: JobStatus) => status === "queued" || status === "running";

/** All that the solve has recorded; none of a spectrum from before solves did. */
const stepsOf = ({ history }: Spectrum): readonly SolveStep[] => (history ? unpackSteps(history) : []);
const endOf = ({ status }: Spectrum) => (status === "cancelled" ? "cancelled" : "complete");

export function createSpectrumStore({ runner, backend, keep }: SpectrumServices): SpectrumStore {
  return createStore<SpectrumState>((set, _get, { getInitialState }) => {
    const slot = createJobSlot<"spectrum">();

    const follow = (current: JobHandle<"spectrum">, source: SurfaceSource) => {
      const steps: SpectrumStep[] = [];
      return slot.followJob(() => current, {
        onEvent(event) {
          if (event.kind === "started") set({ status: "running", started: event });
          else steps.push(event);
        },
        announce: () => set({ status: "running", steps: [...steps], step: steps.at(-1) ?? null }),
        keep: async (result) => keep?.(source, result),
        end(ending) {
          if (ending.kind === "cancelled") set({ status: "cancelled", steps });
          else if (ending.kind === "failed") set({ status: "failed", steps, message: ending.message });
          else {
            const { result } = ending;
            const recorded = stepsOf(result);
            set({ status: endOf(result), result, steps: recorded, step: recorded.at(-1) ?? null });
          }
        },
      });
    };

    return {
      status: "idle",
      source: null,
      settings: null,
      result: null,
      started: null,
      steps: [],
      step: null,
      message: null,
      async solve(source, settings) {
        slot.drop();
        const { spec, weights } = source;
        const current = runner().start("spectrum", { spec, weights, backend, ...settings });
        set({ status: "queued", source, settings, result: null, started: null, steps: [], step: null, message: null });
        await follow(current, source);
        return current.result;
      },
      cancel: slot.cancel,
      clear() {
        slot.drop();
        set(getInitialState());
      },
      restore(source, result) {
        slot.drop();
        const steps = stepsOf(result);
        set({
          status: endOf(result),
          source,
          settings: null,
          result,
          started: null,
          steps,
          step: steps.at(-1) ?? null,
          message: null,
        });
      },
    };
  });
}
