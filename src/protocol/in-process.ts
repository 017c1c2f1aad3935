/** Runs jobs in this thread. The command line and tests use it as it is; a worker puts `dispatcher.ts` in front of it. */
import type { JobLane, JobTable, Workbench } from "../jobs/job-context.ts";
import type { JobControl, JobEvent, JobHandle, JobName, JobParams, JobResult, JobRunner } from "../jobs/jobs.ts";
import { Credit, creditPerJob } from "./credit.ts";
import { EventStream } from "./event-stream.ts";
import { type LaneEntry, Lanes, type Seat } from "./lanes.ts";

export interface InProcessOptions {
  readonly jobs: JobTable;
  readonly workbench: Workbench;
}

export interface InProcessHandle<Name extends JobName> extends JobHandle<Name> {
  /** The number by which the queue knows the job. */
  readonly id: number;
}

export interface InProcessRunner extends JobRunner {
  start<Name extends JobName>(name: Name, params: JobParams<Name>): InProcessHandle<Name>;
  /** The jobs that take lanes, in the order in which they go. */
  readonly queue: readonly LaneEntry[];
  /** Told after every change of it. */
  onQueue(listener: () => void): void;
  /** Has a job go before all others, or after them. */
  move(id: number, to: "first" | "last"): void;
}

/** A training keeps its lane to its end: its steps are short, and the page starts one at a time. */
const steadyLanes: readonly JobLane[] = ["training"];

export function createInProcessRunner({ jobs, workbench }: InProcessOptions): InProcessRunner {
  const listeners: (() => void)[] = [];
  const laneQueue = new Lanes<JobLane>(steadyLanes, () => {
    for (const listener of listeners) listener();
  });
  let nextId = 1;
  return {
    get queue() {
      return laneQueue.entries;
    },
    onQueue: (listener) => listeners.push(listener),
    move: (id, to) => laneQueue.move(id, to),
    start<Name extends JobName>(name: Name, params: JobParams<Name>): InProcessHandle<Name> {
      const id = nextId++;
      const controller = new AbortController();
      const { signal } = controller;
      const credit = new Credit(creditPerJob);
      const events = new EventStream<JobEvent<Name>>(() => credit.refund());
      const controlListeners: ((message: JobControl<Name>) => void)[] = [];
      const early: JobControl<Name>[] = [];

      const work = async (seat: Seat): Promise<JobResult<Name>> => {
        const own = workbench.forJob(() => seat.giveWay());
        try {
          return await jobs[name].run(params, {
            signal,
            async emit(event) {
              credit.spend();
              events.push(event);
              await room(credit, seat);
            },
            onControl(listener) {
              controlListeners.push(listener);
              for (const message of early.splice(0)) listener(message);
            },
            workbench: own,
          });
        } finally {
          own.keep.release();
        }
      };
      const result = laneQueue.run(id, jobs[name].lanes, signal, work);
      result
        .catch(() => {})
        .finally(() => {
          credit.cancel();
          events.end();
        });
      return {
        id,
        events,
        result,
        control(message) {
          if (controlListeners.length === 0) early.push(message);
          for (const listener of controlListeners) listener(message);
        },
        cancel() {
          controller.abort(new DOMException("The job was cancelled.", "AbortError"));
          credit.cancel();
        },
      };
    },
  };
}

/** Waits for the reader; out of the job's lanes while somebody else wants them. */
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
