/**
 * A measurement of curvature that streams parts: a density's probes, a trace's, the layers, the subsets. Parts that have
 * come are kept when it is cancelled or fails; a new one cancels the one before.
 */

import { createStore, type StoreApi } from "zustand/vanilla";
import type { CurvatureStarted } from "../../../jobs/curvature-jobs.ts";
import type { JobEvent, JobHandle, JobParams, JobResult, JobRunner } from "../../../jobs/jobs.ts";
import type { JobStatus } from "../job-status.ts";
import type { AtWeights } from "../settings/spectrum-settings.ts";
import type { SurfaceSource } from "../surface-source.ts";
import { announceEveryMs } from "./spectrum-store.ts";

export type MeasurementName = "density" | "trace" | "layers" | "subsets";

export interface MeasurementState<Name extends MeasurementName, Part> {
  readonly status: JobStatus;
  readonly source: SurfaceSource | null;
  readonly settings: AtWeights<JobParams<Name>> | null;
  readonly started: CurvatureStarted | null;
  /** In the order they came. */
  readonly parts: readonly Part[];
  /** When the job began, on performance.now's clock; for estimates of the time left. */
  readonly startedMs: number;
  readonly result: JobResult<Name> | null;
  readonly message: string | null;
  measure(source: SurfaceSource, settings: AtWeights<JobParams<Name>>): void;
  cancel(): void;
  /** Cancels, and shows nothing. */
  clear(): void;
  /** Shows a result that was kept. */
  restore(source: SurfaceSource, result: JobResult<Name>): void;
}

export type MeasurementStore<Name extends MeasurementName, Part> = StoreApi<MeasurementState<Name, Part>>;

/** What the four measurements differ in. */
export interface Measurement<Name extends MeasurementName, Part> {
  start(runner: JobRunner, source: SurfaceSource, settings: AtWeights<JobParams<Name>>): JobHandle<Name>;
  /** Null for the event that says what has started. */
  partOf(event: JobEvent<Name>): Part | null;
  /** The parts that a result consists of. */
  partsOf(result: JobResult<Name>): readonly Part[];
  /** Resolves when it is kept, or cannot be. */
  keep(source: SurfaceSource, result: JobResult<Name>): Promise<void>;
}

export function createMeasurementStore<Name extends MeasurementName, Part>(
  runner: () => JobRunner,
  { start, partOf, partsOf, keep }: Measurement<Name, Part>,
): MeasurementStore<Name, Part> {
  return createStore<MeasurementState<Name, Part>>((set, _get, { getInitialState }) => {
    let handle: JobHandle<Name> | null = null;

    const follow = async (current: JobHandle<Name>, source: SurfaceSource): Promise<void> => {
      const parts: Part[] = [];
      let timer: ReturnType<typeof setTimeout> | null = null;
      const announce = () => {
        timer = null;
        if (handle === current) set({ parts: [...parts] });
      };
      try {
        for await (const event of current.events) {
          if (handle !== current) continue;
          const part = partOf(event);
          if (part !== null) {
            parts.push(part);
            timer ??= setTimeout(announce, announceEveryMs);
          } else if (event.kind === "started") {
            set({ status: "running", started: event, startedMs: performance.now() });
          }
        }
        if (timer !== null) clearTimeout(timer);
        announce();
        const result = await current.result;
        if (handle !== current) return;
        await keep(source, result);
        if (handle === current) set({ status: statusOf(result), result });
      } catch (error) {
        if (handle !== current) return;
        const isAbort = error instanceof Error && error.name === "AbortError";
        const message = error instanceof Error ? error.message : String(error);
        set(isAbort ? { status: "cancelled" } : { status: "failed", message });
      } finally {
        if (handle === current) handle = null;
      }
    };

    return {
      status: "idle",
      source: null,
      settings: null,
      started: null,
      parts: [],
      startedMs: Number.NaN,
      result: null,
      message: null,
      measure(source, settings) {
        handle?.cancel();
        handle = start(runner(), source, settings);
        set({ status: "queued", source, settings, started: null, parts: [], result: null, message: null });
        void follow(handle, source);
      },
      cancel: () => handle?.cancel(),
      clear() {
        handle?.cancel();
        handle = null;
        set(getInitialState());
      },
      restore(source, result) {
        handle?.cancel();
        handle = null;
        const parts = partsOf(result);
        set({ status: statusOf(result), source, settings: null, started: null, parts, result, message: null });
      },
    };
  });
}

const statusOf = ({ status }: JobResult<MeasurementName>): JobStatus =>
  status === "cancelled" ? "cancelled" : "complete";
