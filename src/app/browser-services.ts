/** The product's services: one compute worker, made anew after it has died, and the browser's storage. */
import { createRunStore } from "../experiment/storage/create-run-store.ts";
import type { BackendChoice } from "../jobs/jobs.ts";
import { createWorkerRunner, type WorkerRunner } from "../protocol/client.ts";
import type { Services } from "./services.ts";

const choices: readonly BackendChoice[] = ["auto", "webgpu", "tfjs", "reference"];

function startWorker(): WorkerRunner {
  return createWorkerRunner(new Worker(new URL("../../workers/compute.ts", import.meta.url), { type: "module" }));
}

/** `?backend=tfjs` in the address forces a backend, for comparison; without it the best one is taken. */
export function createBrowserServices(): Services {
  let current: WorkerRunner | null = null;
  const runner = () => {
    if (current) return current;
    const started = startWorker();
    current = started;
    void started.crashed.then(() => {
      if (current === started) current = null;
    });
    return started;
  };
  const asked = new URLSearchParams(location.search).get("backend");
  return { runner, backend: choices.find((choice) => choice === asked) ?? "auto", openRuns: () => createRunStore() };
}
