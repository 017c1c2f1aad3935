/** Runs jobs in this thread. The command line and tests use it as it is; a worker puts `dispatcher.ts` in front of it. */

import type { JobHandlers, JobLane, Workbench } from "../jobs/job-context.ts";
import type { JobControl, JobEvent, JobHandle, JobName, JobParams, JobRunner } from "../jobs/jobs.ts";
import { Credit, creditPerJob } from "./credit.ts";
import { EventStream } from "./event-stream.ts";
import { Lanes } from "./lanes.ts";

export interface InProcessOptions {
  readonly handlers: JobHandlers;
  readonly lanes: Readonly<Record<JobName, readonly JobLane[]>>;
  readonly workbench: Workbench;
}

export function createInProcessRunner({ handlers, lanes, workbench }: InProcessOptions): JobRunner {
  const queue = new Lanes<JobLane>();
  return {
    start<Name extends JobName>(name: Name, params: JobParams<Name>): JobHandle<Name> {
      const controller = new AbortController();
      const credit = new Credit(creditPerJob);
      const events = new EventStream<JobEvent<Name>>(() => credit.refund());
      const listeners: ((message: JobControl<Name>) => void)[] = [];
      const early: JobControl<Name>[] = [];
      const result = queue.run(lanes[name], controller.signal, () =>
        handlers[name](params, {
          signal: controller.signal,
          emit(event) {
            credit.spend();
            events.push(event);
            return credit.available();
          },
          onControl(listener) {
            listeners.push(listener);
            for (const message of early.splice(0)) listener(message);
          },
          workbench,
        }),
      );
      result
        .catch(() => {})
        .finally(() => {
          credit.cancel();
          events.end();
        });
      return {
        events,
        result,
        control(message) {
          if (listeners.length === 0) early.push(message);
          for (const listener of listeners) listener(message);
        },
        cancel() {
          controller.abort(new DOMException("The job was cancelled.", "AbortError"));
          credit.cancel();
        },
      };
    },
  };
}
