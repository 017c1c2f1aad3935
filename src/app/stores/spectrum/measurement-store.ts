/**
 * A measurement that streams parts: steps of a solve, probes, layers. Parts that have come are kept when it is cancelled or
 * fails; a new one cancels the one before. They come faster than a page can draw; it is told of them now and then.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CurvatureStarted } from "../../../jobs/curvature-jobs.ts";
import type { JobEvent, JobHandle, JobParams, JobResult, JobRunner } from "../../../jobs/jobs.ts";
import { createJobSlot } from "../job-slot.ts";
import type { JobStatus } from "../job-status.ts";
import type { StreamedName } from "../measurements/list.ts";
import type { AtWeights } from "../measurements/measurement.ts";
import type { SurfaceSource } from "../surface-source.ts";

export interface MeasurementState<Name extends StreamedName, Part> {
  readonly status: JobStatus;
  readonly source: SurfaceSource | null;
  readonly settings: AtWeights<JobParams<Name>> | null;
  /** Null before the job has said so, and of jobs that do not. */
  readonly started: CurvatureStarted | null;
  /** Parts in the order they came. */
  readonly parts: readonly Part[];
  /** When the job began, on performance.now's clock; for estimates of the time left. */
  readonly startedMs: number;
  readonly result: JobResult<Name> | null;
  readonly message: string | null;
  /**
   * Puts the job in the queue, cancelling what runs. Rejects with the job's error, AbortError when cancelled before it began;
   * who does not wait for it finds that in the store.
   */
  measure(source: SurfaceSource, settings: AtWeights<JobParams<Name>>): Promise<JobResult<Name>>;
  cancel(): void;
  /** Cancels, and shows nothing. */
  clear(): void;
  /** Shows a result that was kept. */
  restore(source: SurfaceSource, result: JobResult<Name>): void;
}

export type MeasurementStore<Name extends StreamedName, Part> = StoreApi<MeasurementState<Name, Part>>;

/** What the measurements differ in. */
export interface Measurement<Name extends StreamedName, Part> {
  start(runner: JobRunner, source: SurfaceSource, settings: AtWeights<JobParams<Name>>): JobHandle<Name>;
  /** Null for an event that brings none. */
  partOf(event: JobEvent<Name>): Part | null;
  /** The parts that a result consists of. */
  partsOf(result: JobResult<Name>): readonly Part[];
  /** Whether a result has parts that events have skipped. */
  readonly hasAllParts?: boolean | undefined;
  /** Resolves when it is kept, or cannot be. */
  readonly keep?: ((source: SurfaceSource, result: JobResult<Name>) => Promise<void>) | undefined;
}

export function createMeasurementStore<Name extends StreamedName, Part>(
  runner: () => JobRunner,
  { start, partOf, partsOf, hasAllParts = false, keep }: Measurement<Name, Part>,
): MeasurementStore<Name, Part> {
  return createStore<MeasurementState<Name, Part>>((set, get, { getInitialState }) => {
    const slot = createJobSlot<Name>();

    const follow = async (source: SurfaceSource, settings: AtWeights<JobParams<Name>>): Promise<JobResult<Name>> => {
      const parts: Part[] = [];
      const announce = () => set({ parts: [...parts] });
      const handle = start(runner(), source, settings);
      set({ status: "queued", source, settings, started: null, parts: [], result: null, message: null });
      await slot.followJob(() => handle, {
        onEvent(event) {
          if (get().status === "queued") set({ status: "running", startedMs: performance.now() });
          const part = partOf(event);
          if (part !== null) parts.push(part);
          else if (event.kind === "started") set({ started: event });
        },
        announce,
        keep: async (result) => keep?.(source, result),
        end(ending) {
          announce();
          if (ending.kind === "complete") {
            const { result } = ending;
            set({ status: statusOf(result), result, ...(hasAllParts && { parts: partsOf(result) }) });
          } else if (ending.kind === "cancelled") set({ status: "cancelled" });
          else set({ status: "failed", message: ending.message });
        },
      });
      return handle.result;
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
        slot.drop();
        const measuring = follow(source, settings);
        measuring.catch(() => {});
        return measuring;
      },
      cancel: slot.cancel,
      clear() {
        slot.drop();
        set(getInitialState());
      },
      restore(source, result) {
        slot.drop();
        const parts = partsOf(result);
        set({ status: statusOf(result), source, settings: null, started: null, parts, result, message: null });
      },
    };
  });
}

const statusOf = ({ status }: JobResult<StreamedName>): JobStatus =>
  status === "cancelled" ? "cancelled" : "complete";
