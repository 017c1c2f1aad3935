/** Runs jobs on the other side of a link: the same interface as in-process. */
import type { JobEvent, JobHandle, JobName, JobParams, JobResult, JobRunner } from "../jobs/jobs.ts";
import { reviveError } from "./error-record.ts";
import { EventStream } from "./event-stream.ts";
import type { LaneEntry, Turn } from "./lanes.ts";
import { type Link, WorkerCrashedError } from "./link.ts";
import type { ClientMessage, DispatcherMessage, StartMessage } from "./messages.ts";
import { linkToWorker } from "./web-links.ts";

/** A job of this client's that needs the device, as it stands in the worker's queue. */
export interface QueuedJob {
  readonly id: number;
  readonly name: JobName;
  readonly params: JobParams<JobName>;
  readonly turn: Turn;
  /** When the job started, on performance.now's clock. */
  readonly startedMs: number;
  /** What it has last said. */
  readonly latest: JobEvent<JobName> | null;
}

/** What the worker has to do, in the order in which it goes. */
export interface JobQueue {
  readonly jobs: readonly QueuedJob[];
  /** Told of changes of order and turn. */
  subscribe(listener: () => void): () => void;
  move(id: number, to: "first" | "last"): void;
  cancel(id: number): void;
}

interface PendingJob {
  readonly name: JobName;
  readonly params: JobParams<JobName>;
  readonly startedMs: number;
  latest: JobEvent<JobName> | null;
  readonly events: EventStream<JobEvent<JobName>>;
  resolve(result: JobResult<JobName>): void;
  reject(error: Error): void;
}

export interface WorkerRunner extends JobRunner {
  /** Resolves when the worker has crashed; every pending and later job rejects with the error. */
  readonly crashed: Promise<WorkerCrashedError>;
  /** Ends the worker. Pending jobs reject. */
  close(): void;
  readonly queue: JobQueue;
}

export const createWorkerRunner = (worker: Worker): WorkerRunner => createLinkRunner(linkToWorker(worker));

export function createLinkRunner(link: Link): WorkerRunner {
  const pending = new Map<number, PendingJob>();
  const queueListeners = new Set<() => void>();
  let queue: readonly LaneEntry[] = [];
  const setQueue = (entries: readonly LaneEntry[]) => {
    queue = entries;
    for (const listener of queueListeners) listener();
  };
  let nextId = 1;
  let failure: WorkerCrashedError | undefined;
  let reportCrash = (_: WorkerCrashedError) => {};
  const crashed = new Promise<WorkerCrashedError>((resolve) => {
    reportCrash = resolve;
  });
  const post = (message: ClientMessage) => link.post(message, []);

  const fail = (error: WorkerCrashedError) => {
    if (failure) return;
    failure = error;
    link.close();
    for (const [id, job] of pending) {
      pending.delete(id);
      job.reject(error);
      job.events.end();
    }
    setQueue([]);
    reportCrash(error);
  };

  const settle = (id: number, act: (job: PendingJob) => void) => {
    const job = pending.get(id);
    pending.delete(id);
    if (!job) return;
    act(job);
    job.events.end();
  };

  link.onMessage((data) => {
    const message = data as DispatcherMessage;
    switch (message.kind) {
      case "queue":
        setQueue(message.entries);
        break;
      case "event": {
        const job = pending.get(message.id);
        if (!job) break;
        job.latest = message.event;
        job.events.push(message.event);
        break;
      }
      case "result":
        settle(message.id, (job) => job.resolve(message.result));
        break;
      case "error":
        settle(message.id, (job) => job.reject(reviveError(message.error)));
        break;
      case "crash": {
        const { message: what, stack } = message.error;
        const error = new WorkerCrashedError(`The compute worker stopped: ${what}. Start again to go on.`);
        if (stack !== undefined) error.stack = stack;
        fail(error);
      }
    }
  });
  link.onFailure((error) =>
    fail(error instanceof WorkerCrashedError ? error : new WorkerCrashedError(error.message, { cause: error })),
  );

  return {
    crashed,
    queue: {
      get jobs() {
        return queue.flatMap(({ id, turn }) => {
          const job = pending.get(id);
          if (!job) return [];
          const { name, params, startedMs, latest } = job;
          return [{ id, turn, name, params, startedMs, latest }];
        });
      },
      subscribe(listener) {
        queueListeners.add(listener);
        return () => queueListeners.delete(listener);
      },
      move: (id, to) => {
        if (pending.has(id)) post({ kind: "move", id, to });
      },
      cancel: (id) => {
        if (pending.has(id)) post({ kind: "cancel", id });
      },
    },
    close: () => fail(new WorkerCrashedError("The compute worker was closed.")),
    start<Name extends JobName>(name: Name, params: JobParams<Name>): JobHandle<Name> {
      const id = nextId++;
      const events = new EventStream<JobEvent<JobName>>(() => {
        if (pending.has(id)) post({ kind: "credit", id });
      });
      const result = new Promise<JobResult<JobName>>((resolve, reject) => {
        if (failure) {
          reject(failure);
          events.end();
          return;
        }
        pending.set(id, { name, params, startedMs: performance.now(), latest: null, events, resolve, reject });
        try {
          post({ kind: "start", id, name, params } as StartMessage);
        } catch (error) {
          settle(id, (job) => job.reject(error instanceof Error ? error : new Error(String(error))));
        }
      });
      result.catch(() => {});
      return {
        events: events as AsyncIterable<JobEvent<Name>>,
        result: result as Promise<JobResult<Name>>,
        control: (message) => {
          if (pending.has(id)) post({ kind: "control", id, message });
        },
        cancel: () => {
          if (pending.has(id)) post({ kind: "cancel", id });
        },
      };
    },
  };
}
