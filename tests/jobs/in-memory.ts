/** Jobs on the reference backend with a small synthetic set, as tests run them. */
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { loadImages } from "../../src/data/load-images.ts";
import { parseSpec } from "../../src/experiment/parse-spec.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import type { Platform } from "../../src/jobs/job-context.ts";
import { jobTable } from "../../src/jobs/job-table.ts";
import type { JobEvent, JobHandle, JobName, JobRunner } from "../../src/jobs/jobs.ts";
import { createWorkbench } from "../../src/jobs/workbench.ts";
import { createInProcessRunner } from "../../src/protocol/in-process.ts";

export const smallSpec = (changes: Record<string, unknown> = {}): Spec =>
  parseSpec({
    model: { name: "mlp", hidden: [8], activation: "relu" },
    data: { source: "synthetic", train: { count: 40, select: "balanced" }, test: { count: 20 } },
    init: { scheme: "he-normal", seed: 1 },
    training: { learningRate: 0.01, batchSize: 10, epochs: 3, weightDecay: 0 },
    ...changes,
  });

const refuse = async () => {
  throw new Error("not part of this test");
};

export function createTestRunner(changes: Partial<Platform> = {}): JobRunner {
  const platform: Platform = {
    createBackend: async () => ({ backend: createReferenceBackend() }),
    loadImages: (data, split) => loadImages(data, split, { read: refuse }),
    importImages: refuse,
    storedImages: refuse,
    removeImages: refuse,
    helpers: () => [],
    ...changes,
  };
  return createInProcessRunner({ jobs: jobTable, workbench: createWorkbench(platform) });
}

export async function collect<Name extends JobName>(handle: JobHandle<Name>): Promise<JobEvent<Name>[]> {
  const events: JobEvent<Name>[] = [];
  for await (const event of handle.events) events.push(event);
  return events;
}
