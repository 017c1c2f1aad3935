/** Runs jobs in this thread for readers in this thread, as the command line and tests do. */
import type { JobEvent, JobHandle, JobName, JobParams, JobRunner } from "../jobs/jobs.ts";
import { EventStream } from "./event-stream.ts";
import { createJobHost, type JobHostOptions } from "./job-host.ts";

export function createInProcessRunner(options: JobHostOptions): JobRunner {
  const host = createJobHost(options);
  let nextId = 1;
  return {
    start<Name extends JobName>(name: Name, params: JobParams<Name>): JobHandle<Name> {
      const events = new EventStream<JobEvent<Name>>(() => job.taken());
      const job = host.start(nextId++, name, params, (event) => events.push(event));
      job.result.catch(() => {}).finally(() => events.end());
      return { events, result: job.result, control: job.control, cancel: job.cancel };
    },
  };
}
