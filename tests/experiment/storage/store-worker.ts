/** The run store in a worker: saves checkpoints of the steps it is told, then answers. */
import { createRunStore } from "../../../src/experiment/storage/create-run-store.ts";
import { sampleCheckpoint } from "./sample-run.ts";

self.onmessage = async ({ data }: MessageEvent<{ databaseName: string; steps: readonly number[] }>) => {
  const store = await createRunStore({ databaseName: data.databaseName });
  for (const step of data.steps) await store.putCheckpoint("run-1", sampleCheckpoint(step));
  const stored = await store.getCheckpoint("run-1");
  store.close();
  self.postMessage({ kind: store.kind, stored });
};
