/**
 * The map of all jobs: what each takes, streams and returns. The worker's dispatcher, the client, the command line and
 * the tests derive their types from it, so a missing handler does not compile. Types only.
 */
import type { ComparisonJobs } from "./comparison-jobs.ts";
import type { CurvatureJobs } from "./curvature-jobs.ts";
import type { DeviceJobs } from "./device-jobs.ts";
import type { ExchangeJobs } from "./exchange-jobs.ts";
import type { ImageJobs } from "./image-jobs.ts";
import type { SharpnessJobs } from "./sharpness-jobs.ts";
import type { SurfaceJobs } from "./surface-jobs.ts";
import type { TrainingJobs } from "./training-jobs.ts";
import type { TrajectoryJobs } from "./trajectory-jobs.ts";

export interface Jobs
  extends TrainingJobs,
    SurfaceJobs,
    CurvatureJobs,
    SharpnessJobs,
    ComparisonJobs,
    TrajectoryJobs,
    DeviceJobs,
    ImageJobs,
    ExchangeJobs {}

export type JobName = keyof Jobs;
export type JobParams<Name extends JobName> = Jobs[Name]["params"];
export type JobEvent<Name extends JobName> = Jobs[Name]["event"];
export type JobControl<Name extends JobName> = Jobs[Name]["control"];
export type JobResult<Name extends JobName> = Jobs[Name]["result"];

/** A started job, in this process or in a worker: same interface. */
export interface JobHandle<Name extends JobName> {
  /** Ends when the job does; never throws (the result does). Read by one consumer. */
  readonly events: AsyncIterable<JobEvent<Name>>;
  /** Rejects with the job's error. A cancelled train or surface resolves with what is done; others reject AbortError. */
  readonly result: Promise<JobResult<Name>>;
  control(message: JobControl<Name>): void;
  cancel(): void;
}

/** Starts jobs. Implemented in-process (`protocol/in-process.ts`) and over a worker (`protocol/client.ts`). */
export interface JobRunner {
  start<Name extends JobName>(name: Name, params: JobParams<Name>): JobHandle<Name>;
}
