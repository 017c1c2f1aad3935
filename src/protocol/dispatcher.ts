/** Serves a client's messages with a runner of this side. Knows no transport. */
import type { JobName } from "../jobs/jobs.ts";
import { Credit, creditPerJob } from "./credit.ts";
import { recordError } from "./error-record.ts";
import type { InProcessHandle, InProcessRunner } from "./in-process.ts";
import type { LaneEntry } from "./lanes.ts";
import type { Link } from "./link.ts";
import type { ClientMessage, DispatcherMessage, StartMessage } from "./messages.ts";
import { transferList } from "./transfer.ts";

interface ServedJob {
  readonly handle: InProcessHandle<JobName>;
  readonly credit: Credit;
}

/**
 * Arrays in events and results are given away: a handler does not use them after. A failure of this side outside any job
 * is reported to the client, which ends the worker.
 */
export function serveJobs(link: Link, runner: InProcessRunner): void {
  const jobs = new Map<number, ServedJob>();
  /** The client's numbers by the runner's. */
  const clientIds = new Map<number, number>();
  const post = (message: DispatcherMessage) => link.post(message, transferList(message));

  const serve = async ({ id, name, params }: StartMessage): Promise<void> => {
    const handle: InProcessHandle<JobName> = runner.start(name, params);
    clientIds.set(handle.id, id);
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
      clientIds.delete(handle.id);
    }
  };

  let isQueueTold = true;
  const tellQueue = (entries: readonly LaneEntry[]) => {
    const known = entries.flatMap(({ id, turn }) => {
      const clientId = clientIds.get(id);
      return clientId === undefined ? [] : [{ id: clientId, turn }];
    });
    post({ kind: "queue", entries: known });
  };
  // Told once a change is over: a job that has just been started is not known by the client's number yet.
  runner.onQueue(() => {
    if (!isQueueTold) return;
    isQueueTold = false;
    queueMicrotask(() => {
      isQueueTold = true;
      tellQueue(runner.queue);
    });
  });

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
      case "move": {
        const handle = jobs.get(message.id)?.handle;
        if (handle) runner.move(handle.id, message.to);
        break;
      }
      case "credit":
        jobs.get(message.id)?.credit.refund();
    }
  });
  link.onFailure((error) => post({ kind: "crash", error: recordError(error) }));
}
