/** Serves a client's messages with a runner of this side. Knows no transport. */
import type { JobHandle, JobName, JobRunner } from "../jobs/jobs.ts";
import { Credit, creditPerJob } from "./credit.ts";
import { recordError } from "./error-record.ts";
import type { Link } from "./link.ts";
import type { ClientMessage, DispatcherMessage, StartMessage } from "./messages.ts";
import { transferList } from "./transfer.ts";

interface ServedJob {
  readonly handle: JobHandle<JobName>;
  readonly credit: Credit;
}

/**
 * Arrays in events and results are given away: a handler does not use them after. A failure of this side outside any job
 * is reported to the client, which ends the worker.
 */
export function serveJobs(link: Link, runner: JobRunner): void {
  const jobs = new Map<number, ServedJob>();
  const post = (message: DispatcherMessage) => link.post(message, transferList(message));

  const serve = async ({ id, name, params }: StartMessage): Promise<void> => {
    const handle: JobHandle<JobName> = runner.start(name, params);
    const credit = new Credit(creditPerJob);
    jobs.set(id, { handle, credit });
    try {
      for await (const event of handle.events) {
        await credit.available();
        credit.spend();
        post({ kind: "event", id, event });
      }
      post({ kind: "result", id, result: await handle.result });
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
        jobs.get(message.id)?.handle.control(message.message);
        break;
      case "cancel":
        jobs.get(message.id)?.handle.cancel();
        break;
      case "credit":
        jobs.get(message.id)?.credit.refund();
    }
  });
  link.onFailure((error) => post({ kind: "crash", error: recordError(error) }));
}
