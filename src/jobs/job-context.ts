/** What a job's code gets besides its parameters: the way back, the devices, the platform. Types only. */
import type { Backend } from "../backends/backend.ts";
import type { ImageSet } from "../data/image-set.ts";
import type { DataSetId } from "../data/sets/facts.ts";
import type { WorkWindow } from "../execution/work-window.ts";
import type { Spec } from "../experiment/spec.ts";
import type { DirectionDraws } from "../landscape/directions.ts";
import type { BackendChoice, EngineReason } from "./device-jobs.ts";
import type { ImportEvent, ImportParams, StoredImages } from "./image-jobs.ts";
import type { JobControl, JobEvent, JobName, JobParams, JobResult, JobRunner } from "./jobs.ts";
import type { TrainerShelf } from "./trainer-shelf.ts";

/** What a job gets besides its parameters. */
export interface JobContext<Name extends JobName> {
  readonly signal: AbortSignal;
  /**
   * Resolves when the receiver has room for more (credit-based back-pressure) and no newer job wants this one's lanes: a job
   * gives way where it awaits this. The event's arrays are given away: they may be transferred to another thread.
   */
  emit(event: JobEvent<Name>): Promise<void>;
  /** Control messages as they come, those from before the job started included. */
  onControl(listener: (message: JobControl<Name>) => void): void;
  readonly workbench: Workbench;
}

/** All jobs' code. A missing one does not compile. */
export type JobHandlers = {
  readonly [Name in JobName]: (params: JobParams<Name>, context: JobContext<Name>) => Promise<JobResult<Name>>;
};

/** All jobs' code, with what of each must not run beside others. */
export type JobTable = {
  readonly [Name in JobName]: { readonly run: JobHandlers[Name]; readonly lanes: readonly JobLane[] };
};

/** Jobs that share a lane run one after another. */
export type JobLane = "training" | "evaluation";

export interface LoadedImages {
  readonly train: ImageSet;
  readonly test: ImageSet;
}

export interface CreatedBackend {
  readonly backend: Backend;
  /** Why `auto` came to it; absent where it was asked for by name. */
  readonly reason?: EngineReason;
}

/** What jobs of one worker share and keep from one to the next: devices, images, compiled evaluations. */
export interface Workbench {
  /**
   * The same workbench for one more job: what it takes of `keep` is its own until that is released. `giveWay` lets newer jobs
   * that want its lanes go first; it resolves at once where there are none.
   */
  forJob(giveWay: () => Promise<void>): Workbench;
  /** For the job's submissions, before each of which it gives way. */
  window(): WorkWindow;
  readonly platform: Platform;
  /** What this job has of the costly things that outlive it. */
  readonly cache: CacheLease;
  /** What the last training compiled, if it said that others would follow. */
  readonly trainers: TrainerShelf;
  /** Random directions drawn so far. */
  readonly draws: DirectionDraws;
  /** The chosen backend, made once; made anew after its device was lost. */
  backend(choice: BackendChoice): Promise<CreatedBackend>;
  /** The subsets that a data spec names. */
  images(data: Spec["data"]): Promise<LoadedImages>;
  /** Other images have come, or these have gone: nothing kept of the old ones may be used. */
  forgetImages(): void;
  /** Work a second that a backend has last done, for estimates; undefined before any. */
  rate(backend: Backend): number | undefined;
  setRate(backend: Backend, flopPerSecond: number): void;
}

/** Costly things by key that one job has for itself until its end, and that stay for those after it. */
export interface CacheLease {
  get<Kept extends { dispose(): void }>(key: string, owner: object, make: () => Promise<Kept>): Promise<Kept>;
  /** Gives everything back. */
  release(): void;
}

/** The parts that differ between a browser worker and Node. */
export interface Platform {
  createBackend(choice: BackendChoice): Promise<CreatedBackend>;
  loadImages(spec: Spec["data"], split: "train" | "test"): Promise<ImageSet>;
  /** Reads, checks and stores images that a person brought; what was stored before stays until the new set is whole. */
  importImages(
    params: ImportParams,
    options: { readonly signal: AbortSignal; emit(event: ImportEvent): void },
  ): Promise<readonly StoredImages[]>;
  storedImages(): Promise<readonly StoredImages[]>;
  /** Frees the space of a data set; returns what is left. */
  removeImages(set: DataSetId): Promise<readonly StoredImages[]>;
  /**
   * Other workers that run jobs, for backends of one thread: as many as are worth having for what one thread would do in
   * `workMs`, made when first asked for. None where there is a single processor, and for helpers themselves.
   */
  helpers(workMs: number): readonly JobRunner[];
}
