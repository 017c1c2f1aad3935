/** A job about some of the compared runs as a small state machine: what it is of, its events so far, its end. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { JobEvent, JobName, JobParams, JobResult, JobRunner } from "../../../jobs/jobs.ts";
import { createJobSlot } from "../job-slot.ts";
import type { JobStatus } from "../job-status.ts";

/** `Shown`: what of the result is shown and kept. */
export interface CompareJobState<Name extends JobName, Subject, Shown = JobResult<Name>> {
  readonly status: JobStatus;
  /** What the current job, or the last one, is of. */
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

const idle = { status: "idle", subject: null, events: [], elapsedMs: 0, result: null, message: null } as const;

export function createCompareJob<Name extends JobName, Subject, Shown>(
  runner: () => JobRunner,
  name: Name,
  paramsOf: (subject: Subject) => JobParams<Name>,
  shownOf: (result: JobResult<Name>) => Shown,
): CompareJobStore<Name, Subject, Shown> {
  return createStore<CompareJobState<Name, Subject, Shown>>((set, get) => {
    const slot = createJobSlot<Name>();
    return {
      ...idle,
      async start(subject) {
        slot.drop();
        set({ ...idle, status: "running", subject });
        const events: JobEvent<Name>[] = [];
        let firstAtMs = 0;
        const ending = await slot.followJob(() => runner().start(name, paramsOf(subject)), {
          onEvent(event) {
            if (events.length === 0) firstAtMs = performance.now();
            events.push(event);
          },
          announce: () => set({ events: [...events], elapsedMs: performance.now() - firstAtMs }),
          end(end) {
            if (end.kind === "cancelled") set({ status: "cancelled", events });
            else if (end.kind === "failed") set({ status: "failed", events, message: end.message });
            else set({ status: "complete", events, result: shownOf(end.result) });
          },
        });
        return ending.kind === "complete" ? ending.result : null;
      },
      cancel: slot.cancel,
      clear() {
        slot.drop();
        set(idle);
      },
      restore(subject, result) {
        if (get().status === "idle") set({ status: "complete", subject, result });
      },
    };
  });
}
