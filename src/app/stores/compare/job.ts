/** A job about some of the compared runs as a small state machine: what it is of, its events so far, its end. */

import { createStore, type StoreApi } from "zustand/vanilla";
import type { JobEvent, JobHandle, JobName, JobParams, JobResult, JobRunner } from "../../../jobs/jobs.ts";
import type { JobStatus } from "../job-status.ts";

/** `Shown`: what of the result is shown and kept. */
export interface CompareJobState<Name extends JobName, Subject, Shown = JobResult<Name>> {
  readonly status: JobStatus;
  /** What the job at hand, or the last one, is of. */
  readonly subject: Subject | null;
  readonly events: readonly JobEvent<Name>[];
  /** Between the first event and the latest. */
  readonly elapsedMs: number;
  readonly result: Shown | null;
  readonly message: string | null;
  /** Cancels what runs. Resolves with the result; null when cancelled, failed or overtaken. */
  start(subject: Subject): Promise<JobResult<Name> | null>;
  cancel(): void;
  /** Cancels, and shows nothing. */
  clear(): void;
  /** Shows what an earlier visit found, unless something is shown or goes on. */
  restore(subject: Subject, result: Shown): void;
}

export type CompareJobStore<Name extends JobName, Subject, Shown = JobResult<Name>> = StoreApi<
  CompareJobState<Name, Subject, Shown>
>;

/** Events may come faster than a page can draw; it is told of them this often. */
const announceEveryMs = 120;

const nothing = { status: "idle", subject: null, events: [], elapsedMs: 0, result: null, message: null } as const;

export function createCompareJob<Name extends JobName, Subject, Shown>(
  runner: () => JobRunner,
  name: Name,
  paramsOf: (subject: Subject) => JobParams<Name>,
  shownOf: (result: JobResult<Name>) => Shown,
): CompareJobStore<Name, Subject, Shown> {
  return createStore<CompareJobState<Name, Subject, Shown>>((set, get) => {
    let handle: JobHandle<Name> | null = null;
    return {
      ...nothing,
      async start(subject) {
        handle?.cancel();
        const current = runner().start(name, paramsOf(subject));
        handle = current;
        set({ ...nothing, status: "running", subject });
        const events: JobEvent<Name>[] = [];
        let timer: ReturnType<typeof setTimeout> | undefined;
        let firstAtMs = 0;
        const elapsedMs = () => (events.length > 0 ? performance.now() - firstAtMs : 0);
        const announce = () => {
          timer = undefined;
          if (handle === current) set({ events: [...events], elapsedMs: elapsedMs() });
        };
        try {
          for await (const event of current.events) {
            if (events.length === 0) firstAtMs = performance.now();
            events.push(event);
            timer ??= setTimeout(announce, announceEveryMs);
          }
          const result = await current.result;
          if (handle !== current) return null;
          set({ status: "complete", events, result: shownOf(result) });
          return result;
        } catch (error) {
          if (handle !== current) return null;
          const isAbort = error instanceof Error && error.name === "AbortError";
          const message = error instanceof Error ? error.message : String(error);
          set(isAbort ? { status: "cancelled", events } : { status: "failed", events, message });
          return null;
        } finally {
          clearTimeout(timer);
          if (handle === current) handle = null;
        }
      },
      cancel: () => handle?.cancel(),
      clear() {
        handle?.cancel();
        handle = null;
        set(nothing);
      },
      restore(subject, result) {
        if (get().status === "idle") set({ status: "complete", subject, result });
      },
    };
  });
}
