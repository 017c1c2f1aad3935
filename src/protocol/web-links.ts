/** Links over a browser's worker, seen from either side. */
import { type Link, WorkerCrashedError } from "./link.ts";

/** The link from the page to its worker. An error that the worker did not catch counts as its end. */
export const linkToWorker = (worker: Worker): Link => ({
  post: (message, transfer) => worker.postMessage(message, transfer),
  onMessage: (listener) => worker.addEventListener("message", ({ data }) => listener(data)),
  onFailure(listener) {
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const what = event.message || "its script could not be loaded";
      const where = event.filename ? ` (${event.filename}:${event.lineno})` : "";
      const error = new WorkerCrashedError(`The compute worker stopped: ${what}${where}. Start again to go on.`);
      if (event.error instanceof Error && event.error.stack) error.stack = event.error.stack;
      listener(error);
    });
    worker.addEventListener("messageerror", () =>
      listener(new WorkerCrashedError("A message from the compute worker could not be read. Start again to go on.")),
    );
  },
  close: () => worker.terminate(),
});

/** What a worker's global scope has in common with a window's. */
type WorkerScope = Pick<typeof globalThis, "postMessage" | "addEventListener" | "close">;

/** The link from a worker to whoever made it. */
export const linkToParent = (scope: WorkerScope): Link => ({
  post: (message, transfer) => scope.postMessage(message, { transfer }),
  onMessage: (listener) => scope.addEventListener("message", ({ data }) => listener(data)),
  onFailure(listener) {
    scope.addEventListener("unhandledrejection", ({ reason }) =>
      listener(reason instanceof Error ? reason : new Error(String(reason))),
    );
  },
  close: () => scope.close(),
});
