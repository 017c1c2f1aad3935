/**
 * Runs jobs in this thread, each when the lanes it needs are free. Events go straight to whoever started the job, which says
 * how many of them it has taken.
 */
import type { JobLane, JobTable, Workbench } from "../jobs/job-context.ts";
import type { JobControl, JobEvent, JobName, JobParams, JobResult } from "../jobs/jobs.ts";
import { Credit, creditPerJob } from "./credit.ts";
import { type LaneEntry, Lanes, type Seat } from "./lanes.ts";

export interface JobHostOptions {
  readonly jobs: JobTable;
  readonly workbench: Workbench;
}

export interface HostedJob<Name extends JobName> {
  readonly result: Promise<JobResult<Name>>;
  control(message: JobControl<Name>): void;
  cancel(): void;
  /** The receiver has taken one event: there is room for another. */
  taken(): void;
}

export interface JobHost {
  /** Starts a job under a number that no other job of this host has. Nothing is received before this returns. */
  start<Name extends JobName>(
    id: number,
    name: Name,
    params: JobParams<Name>,
    receive: (event: JobEvent<Name>) => void,
  ): HostedJob<Name>;
  /** The jobs that take lanes, in the order in which they go. */
  readonly queue: readonly LaneEntry[];
  /** Has a job go before all others, or after them. */
  move(id: number, to: "first" | "last"): void;
}

/** A training keeps its lane to its end: its steps are short, and the page starts one at a time. */
const steadyLanes: readonly JobLane[] = ["training"];

/** `onQueue` is told after every change of the queue. */
export function createJobHost({ jobs, workbench }: JobHostOptions, onQueue: () => void = () => {}): JobHost {
  const lanes = new Lanes<JobLane>(steadyLanes, onQueue);
  return {
    get queue() {
      return lanes.entries;
    },
    move: (id, to) => lanes.move(id, to),
    start<Name extends JobName>(
      id: number,
      name: Name,
      params: JobParams<Name>,
      receive: (event: JobEvent<Name>) => void,
    ): HostedJob<Name> {
      const controller = new AbortController();
      const { signal } = controller;
      const credit = new Credit(creditPerJob);
      const controlListeners: ((message: JobControl<Name>) => void)[] = [];
      const early: JobControl<Name>[] = [];

      const work = async (seat: Seat): Promise<JobResult<Name>> => {
        const own = workbench.forJob(() => seat.giveWay());
        try {
          return await jobs[name].run(params, {
            signal,
            async emit(event) {
              credit.spend();
              receive(event);
              await room(credit, seat);
            },
            onControl(listener) {
              controlListeners.push(listener);
              for (const message of early.splice(0)) listener(message);
            },
            workbench: own,
          });
        } finally {
          credit.cancel();
          own.cache.release();
        }
      };
      return {
        result: lanes.run(id, jobs[name].lanes, signal, work),
        control(message) {
          if (controlListeners.length === 0) early.push(message);
          for (const listener of controlListeners) listener(message);
        },
        cancel() {
          controller.abort(new DOMException("The job was cancelled.", "AbortError"));
          credit.cancel();
        },
        taken: () => credit.refund(),
      };
    },
  };
}

/** Waits for the receiver; out of the job's lanes while somebody else wants them. */
async function room(credit: Credit, seat: Seat): Promise<void> {
  let hasRoom = false;
  const available = credit.available().then(() => {
    hasRoom = true;
  });
  do {
    if (!seat.isWanted) await Promise.race([available, seat.wanted()]);
    await seat.giveWay();
  } while (!hasRoom);
}
