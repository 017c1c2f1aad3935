/** What the page needs from outside itself. The product gives it a worker and the browser's storage; tests give fakes. */
import type { JobRunner, TrainingCheckpoint } from "../jobs/jobs.ts";

export interface StoredRun {
  readonly runId: string;
  readonly checkpoint: TrainingCheckpoint;
}

export interface RunStorage {
  /** The run saved last, or null. */
  latest(): Promise<StoredRun | null>;
  save(runId: string, checkpoint: TrainingCheckpoint): Promise<void>;
}

export interface Services {
  /** The runner in use; a new one after a worker has died. */
  readonly runner: () => JobRunner;
  readonly storage: RunStorage;
}
