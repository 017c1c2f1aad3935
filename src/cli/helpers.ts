/** Worker threads that share the work of backends of one thread. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { JobRunner } from "../jobs/jobs.ts";
import { mostHelpers } from "../jobs/platform/helpers.ts";
import { createLinkRunner } from "../protocol/client.ts";
import { linkToThread } from "../protocol/node-links.ts";

/** One a processor. */
export function startHelpers(count = Math.min(availableParallelism(), mostHelpers)): readonly JobRunner[] {
  if (count < 2) return [];
  const entry = new URL("../../workers/helper-thread-entry.mjs", import.meta.url);
  return Array.from({ length: count }, () => createLinkRunner(linkToThread(new Worker(entry))));
}
