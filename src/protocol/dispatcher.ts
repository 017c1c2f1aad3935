/** Serves a client's messages with the jobs of this side. Knows no transport. */
import type { JobName } from "../jobs/jobs.ts";
import { recordError } from "./error-record.ts";
import { createJobHost, type HostedJob, type JobHostOptions } from "./job-host.ts";
import type { Link } from "./link.ts";
import type { ClientMessage, DispatcherMessage, StartMessage } from "./messages.ts";
import { transferList } from "./transfer.ts";

/**
 * An event is posted as it comes: it waits for its reader on the client's side alone. Arrays in events and results are given
 * away: a handler does not use them after. A failure of this side outside any job is reported to the client, which ends the worker.
 */
export function serveJobs(link: Link, options: JobHostOptions): void {
  const jobs = new Map<number, HostedJob<JobName>>();
  const post = (message: DispatcherMessage) => link.post(message, transferList(message));

  let isQueueTold = true;
  // Several changes often come at once: they are told as one.
  const host = createJobHost(options, () => {
    if (!isQueueTold) return;
    isQueueTold = false;
    queueMicrotask(() => {
      isQueueTold = true;
      post({ kind: "queue", entries: host.queue });
    });
  });

  const serve = async ({ id, name, params }: StartMessage): Promise<void> => {
    const job: HostedJob<JobName> = host.start(id, name, params, (event) => post({ kind: "event", id, event }));
    jobs.set(id, job);
    try {
      post({ kind: "result", id, result: await job.result });
    } catch (error) {
      post({ kind: "error", id, error: recordError(error) });
    } finally {
      jobs.delete(id);
    }
  };

  link.onMessage((data) => {
    const message = data as ClientMessage;
    switch (message.kind) {
      case "start":
        void serve(message);
        break;
      case "control":
        jobs.get(message.id)?.control(message.message);
        break;
      case "cancel":
        jobs.get(message.id)?.cancel();
        break;
      case "move":
        host.move(message.id, message.to);
        break;
      case "credit":
        jobs.get(message.id)?.taken();
    }
  });
  link.onFailure((error) => post({ kind: "crash", error: recordError(error) }));
}
