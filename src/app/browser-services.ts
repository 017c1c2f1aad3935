/** The product's services: a compute worker, made anew after it has died, and a worker for the browser's storage. */
import { openComparisons } from "../experiment/storage/kept-comparisons.ts";
import type { BackendChoice } from "../jobs/device-jobs.ts";
import { createWorkerRunner, type JobQueue, type WorkerRunner } from "../protocol/client.ts";
import { connectRunStore } from "../protocol/run-store-link.ts";
import { linkToWorker } from "../protocol/web-links.ts";
import type { Services } from "./context/services.ts";

const choices: readonly BackendChoice[] = ["auto", "webgpu", "tfjs", "reference"];

function startWorker(): WorkerRunner {
  return createWorkerRunner(new Worker(new URL("../../workers/compute.ts", import.meta.url), { type: "module" }));
}

const openRuns = () =>
  connectRunStore(
    linkToWorker(new Worker(new URL("../../workers/runs.ts", import.meta.url), { type: "module", name: "runs" })),
  );

const readExample = async (): Promise<string> => {
  const answer = await fetch(new URL("example-landscape.json", document.baseURI));
  if (!answer.ok) throw new Error(`The landscape measured earlier could not be loaded: ${answer.status}.`);
  return answer.text();
};

/** `?backend=tfjs` in the address forces a backend, for comparison; without it the best one is taken. */
export function createBrowserServices(): Services {
  let current: WorkerRunner | null = null;
  const listeners = new Set<() => void>();
  const tellAll = () => {
    for (const listener of listeners) listener();
  };
  const runner = () => {
    if (current) return current;
    const started = startWorker();
    current = started;
    started.queue.subscribe(tellAll);
    void started.crashed.then(() => {
      if (current === started) current = null;
    });
    return started;
  };
  const queue: JobQueue = {
    get jobs() {
      return current?.queue.jobs ?? [];
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    move: (id, to) => current?.queue.move(id, to),
    cancel: (id) => current?.queue.cancel(id),
  };
  const asked = new URLSearchParams(location.search).get("backend");
  const backend = choices.find((choice) => choice === asked) ?? "auto";
  return { runner, queue, backend, openRuns, openComparisons, readExample };
}
