/** Runs jobs on the other side of a link: the same interface as in-process. */
import type { JobEvent, JobHandle, JobName, JobParams, JobResult, JobRunner } from "../jobs/jobs.ts";
import { reviveError } from "./error-record.ts";
import { EventStream } from "./event-stream.ts";
import { type Link, WorkerCrashedError } from "./link.ts";
import type { ClientMessage, DispatcherMessage, StartMessage } from "./messages.ts";
import { linkToWorker } from "./web-links.ts";

interface PendingJob {
  readonly events: EventStream<JobEvent<JobName>>;
  resolve(result: JobResult<JobName>): void;
  reject(error: Error): void;
}

export interface WorkerRunner extends JobRunner {
  /** Resolves when the worker has crashed; every pending and later job rejects with the error. */
  readonly crashed: Promise<WorkerCrashedError>;
  /** Ends the worker. Pending jobs reject. */
  close(): void;
}

export const createWorkerRunner = (worker: Worker): WorkerRunner => createLinkRunner(linkToWorker(worker));

export function createLinkRunner(link: Link): WorkerRunner {
  const pending = new Map<number, PendingJob>();
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
      case "event":
        pending.get(message.id)?.events.push(message.event);
        break;
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
        pending.set(id, { events, resolve, reject });
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
