/** What passes between a client and a dispatcher. Derived from the map of jobs; request ids are the client's. */
import type { JobControl, JobEvent, JobName, JobParams, JobResult } from "../jobs/jobs.ts";
import type { LaneEntry } from "./lanes.ts";

export type StartMessage = {
  [Name in JobName]: {
    readonly kind: "start";
    readonly id: number;
    readonly name: Name;
    readonly params: JobParams<Name>;
  };
}[JobName];

export type ClientMessage =
  | StartMessage
  | { readonly kind: "control"; readonly id: number; readonly message: JobControl<JobName> }
  | { readonly kind: "cancel"; readonly id: number }
  /** The job is to go before all others, or after them. */
  | { readonly kind: "move"; readonly id: number; readonly to: "first" | "last" }
  /** The receiver has taken one event. */
  | { readonly kind: "credit"; readonly id: number };

/** An error as it crosses: what `Error` objects lose when cloned is kept. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  /** Own fields of the error that can be cloned, as `problem`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export type DispatcherMessage =
  /** The jobs that take lanes, in the order in which they go. */
  | { readonly kind: "queue"; readonly entries: readonly LaneEntry[] }
  | { readonly kind: "event"; readonly id: number; readonly event: JobEvent<JobName> }
  | { readonly kind: "result"; readonly id: number; readonly result: JobResult<JobName> }
  | { readonly kind: "error"; readonly id: number; readonly error: ErrorRecord }
  /** The worker itself has failed outside any job. */
  | { readonly kind: "crash"; readonly error: ErrorRecord };
