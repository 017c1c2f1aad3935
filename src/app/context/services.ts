/** What the page needs from outside itself. The product gives it a worker and the browser's storage; tests give fakes. */
import type { ComparisonStore } from "../../experiment/storage/kept-comparisons.ts";
import type { RunStore } from "../../experiment/storage/run-store.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import type { JobQueue } from "../../protocol/client.ts";

export interface Services {
  /** The runner in use; a new one after a worker has died. */
  readonly runner: () => JobRunner;
  /** What the runner in use has to do. */
  readonly queue: JobQueue;
  readonly backend: BackendChoice;
  readonly openRuns: () => Promise<RunStore>;
  readonly openComparisons: () => Promise<ComparisonStore>;
  /** The text of the landscape measured earlier, which an empty page shows. */
  readonly readExample: () => Promise<string>;
}
