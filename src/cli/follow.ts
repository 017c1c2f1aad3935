/** Runs a command's jobs to their ends. */
import type { JobEvent, JobName, JobParams, JobResult, JobRunner } from "../jobs/jobs.ts";

/**
 * Starts a job, waits for what is done with every event, and resolves with the result; an interrupt cancels it. Rejects with the
 * job's error.
 */
export type Follow = <Name extends JobName>(
  name: Name,
  params: JobParams<Name>,
  onEvent?: (event: JobEvent<Name>) => void | Promise<void>,
) => Promise<JobResult<Name>>;

/** `onInterrupt` returns a function that stops listening. */
export const followOn =
  (runner: JobRunner, onInterrupt: (cancel: () => void) => () => void): Follow =>
  async (name, params, onEvent) => {
    const handle = runner.start(name, params);
    const stopListening = onInterrupt(() => handle.cancel());
    try {
      for await (const event of handle.events) await onEvent?.(event);
      return await handle.result;
    } finally {
      stopListening();
    }
  };
