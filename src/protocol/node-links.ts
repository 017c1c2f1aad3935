/** Links over Node's worker threads, seen from either side. */
import type { MessagePort, Worker } from "node:worker_threads";
import { type Link, WorkerCrashedError } from "./link.ts";

/** The link from a thread to one that it started. The thread may not keep the process alive by itself. */
export const linkToThread = (worker: Worker): Link => {
  worker.unref();
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    onMessage: (listener) => worker.on("message", listener),
    onFailure(listener) {
      worker.on("error", (cause) => {
        const error = new WorkerCrashedError(`A worker thread stopped: ${String(cause)}`, { cause });
        if (cause instanceof Error && cause.stack) error.stack = cause.stack;
        listener(error);
      });
      worker.on("exit", (code) => listener(new WorkerCrashedError(`A worker thread ended with code ${code}.`)));
    },
    close: () => void worker.terminate(),
  };
};

/**
 * The link from a worker thread to the one that started it. Errors that nobody catches end the thread, which the other
 * side sees.
 */
export const linkToStarter = (port: MessagePort): Link => ({
  post: (message, transfer) => port.postMessage(message, transfer),
  onMessage: (listener) => port.on("message", listener),
  onFailure: () => {},
  close: () => port.close(),
});
