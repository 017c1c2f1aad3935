/**
 * The map of all jobs: what each takes, streams and returns. The worker's dispatcher, the client, the command line and
 * the tests derive their types from it, so a missing handler does not compile. Types only.
 */
import type { Backend, BackendKind } from "../backends/backend.ts";
import type { ImageSet } from "../data/image-set.ts";
import type { Checkpoint } from "../experiment/checkpoint.ts";
import type { EpochMetrics } from "../experiment/metrics.ts";
import type { FolderFiles, RunContent } from "../experiment/run-folder.ts";
import type { Spec } from "../experiment/spec.ts";
import type { RunRecord } from "../experiment/storage/run-record.ts";
import type { Surface, SurfaceReport, SurfaceRequest, Weights } from "../experiment/surface.ts";
import type { DirectionDraws } from "../landscape/directions.ts";
import type { Layout } from "../models/layout.ts";
import type { ComparisonJobs } from "./comparison-jobs.ts";
import type { CurvatureJobs } from "./curvature-jobs.ts";
import type { TrainerShelf } from "./trainer-shelf.ts";

/** `auto` takes WebGPU where there is an adapter, else tfjs, and says why. */
export type BackendChoice = BackendKind | "auto";

export type { EpochMetrics } from "../experiment/metrics.ts";

/** A point of training from which it goes on exactly. */
export type TrainingCheckpoint = Checkpoint;

export interface TrainParams {
  /** Names the run in the browser's storage; checkpoints are kept under it. */
  readonly runId: string;
  readonly spec: Spec;
  readonly backend: BackendChoice;
  readonly resume?: TrainingCheckpoint;
  /** Starts paused, to be stepped. */
  readonly paused?: boolean;
  /** Keeps what was compiled, and the memory for it, for the next run, which uses it again if it is of the same shape. */
  readonly keepCompiled?: boolean;
}

/** Cost of a run before it starts, from the program's cost model. */
export interface CostEstimate {
  readonly parameters: number;
  readonly flopPerStep: number;
  readonly totalFlop: number;
  readonly memoryBytes: number;
  /** Absent until this device's speed is known. */
  readonly seconds?: number;
}

export type TrainEvent =
  | {
      readonly kind: "started";
      readonly backend: string;
      readonly cost: CostEstimate;
      readonly steps: number;
      /** Programs compiled for this run; 0 when those of the one before are used again. */
      readonly compiled: number;
    }
  /** Latest wins, at most 10 a second. Losses since the last tick come with it, one a step. */
  | {
      readonly kind: "progress";
      readonly step: number;
      readonly steps: number;
      /** Epochs done, with the fraction of the one at hand. */
      readonly epoch: number;
      readonly learningRate: number;
      readonly firstLossStep: number;
      readonly batchLosses: Float32Array;
      readonly imagesPerSecond: number;
      readonly gflopPerSecond: number;
      readonly etaSeconds: number;
      readonly memoryBytes: number;
      readonly paused: boolean;
    }
  | { readonly kind: "epoch"; readonly metrics: EpochMetrics }
  | { readonly kind: "checkpoint"; readonly step: number; readonly checkpoint: TrainingCheckpoint };

export type TrainControl = { readonly kind: "pause" } | { readonly kind: "resume" } | { readonly kind: "step" };

export interface TrainResult {
  readonly status: "complete" | "cancelled" | "non-finite";
  readonly checkpoint: TrainingCheckpoint;
  /** Says what happened and where when the status is `non-finite`. */
  readonly message?: string;
}

export interface SurfaceParams {
  readonly spec: Spec;
  readonly weights: Weights;
  readonly request: SurfaceRequest;
  readonly backend: BackendChoice;
  /**
   * Cells of this very grid that are measured already (a cancelled stream that goes on; a grid refined onto points of
   * the old one), with values of the same function. They are not evaluated again and not sent back as tiles, but they are
   * part of the result.
   */
  readonly known?: KnownCells;
}

/** Cells measured by a helper, in the order they were sent to it. */
export interface MeasuredTile extends KnownCells {
  readonly gflopPerSecond: number;
}

export type MeasureControl = { readonly kind: "measure"; readonly cells: Uint32Array } | { readonly kind: "finish" };

/** Values of some cells: row-major indices, beta slow. */
export interface KnownCells {
  readonly cells: Uint32Array;
  readonly loss: Float64Array;
  readonly lossError: Float64Array;
  readonly accuracy: Float64Array;
}

export type SurfaceEvent =
  | {
      readonly kind: "started";
      readonly backend: string;
      readonly evaluations: number;
      readonly cost: CostEstimate;
      /** Of a surface cancelled before its first point, for those who keep what comes in as it comes. */
      readonly report: SurfaceReport;
    }
  /** Lossless. Values of `cells` (row-major indices, beta slow), in the order measured. */
  | {
      readonly kind: "tile";
      readonly cells: Uint32Array;
      readonly loss: Float64Array;
      readonly lossError: Float64Array;
      readonly accuracy: Float64Array;
      readonly done: number;
      readonly evaluations: number;
      readonly etaSeconds: number;
      readonly gflopPerSecond: number;
    };

export interface EvaluateParams {
  readonly spec: Spec;
  readonly weights: Weights;
  readonly subset: "train" | "test";
  readonly backend: BackendChoice;
  /** Also the gradient of the mean loss, BatchNorm frozen. */
  readonly gradient?: boolean;
}

export interface Evaluation {
  readonly loss: number;
  readonly accuracy: number;
  readonly count: number;
  readonly backend: string;
  readonly gradient?: Float32Array;
}

export interface DeviceReport {
  /** The backend that `auto` takes here. */
  readonly backend: BackendKind;
  readonly description: string;
  /** Why WebGPU is not used, and what would help; absent when it is. */
  readonly webgpuUnavailable?: string;
  readonly adapter?: Readonly<Record<string, string>>;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  readonly memoryBytes: number;
  readonly peakMemoryBytes: number;
}

/** One figure of the self-check: a float32 backend against the float64 reference, norm-wise relative error. */
export interface CheckRow {
  readonly name: string;
  readonly error: number;
  readonly bound: number;
  readonly passed: boolean;
}

export interface BenchmarkRow {
  readonly name: string;
  readonly basinMs: number;
  readonly tfjsMs: number | null;
  readonly note?: string;
}

/** What the browser keeps of a data set that was brought to it. */
export interface StoredImages {
  readonly source: "cifar10";
  readonly trainCount: number;
  readonly testCount: number;
  readonly bytes: number;
}

export type ImportParams =
  /** cifar-10-binary.tar.gz, .bin or .parquet files, as dropped on the page. */
  | { readonly kind: "files"; readonly files: readonly File[] }
  /** The published archive, fetched because a person asked for it. */
  | { readonly kind: "download" };

/** Latest wins. `totalBytes` is null while the size is not known. */
export interface ImportEvent {
  readonly phase: "downloading" | "checking" | "reading" | "storing";
  readonly loadedBytes: number;
  readonly totalBytes: number | null;
  /** The file or member at hand. */
  readonly detail: string;
}

export interface Jobs extends ComparisonJobs, CurvatureJobs {
  describeDevice: { params: { readonly backend: BackendChoice }; event: never; control: never; result: DeviceReport };
  estimateCost: {
    params: { readonly spec: Spec; readonly backend: BackendChoice };
    event: never;
    control: never;
    result: { readonly training: CostEstimate; readonly evaluationFlop: number };
  };
  /** The layout of a spec's flat parameter vector. */
  describeModel: { params: { readonly spec: Spec }; event: never; control: never; result: Layout };
  /** Initial weights of a spec, before any training. */
  initialize: { params: { readonly spec: Spec }; event: never; control: never; result: Weights };
  train: { params: TrainParams; event: TrainEvent; control: TrainControl; result: TrainResult };
  /** Cells of a surface for another worker, which sends more as tiles come back; ends with `finish`. */
  measureCells: {
    params: Omit<SurfaceParams, "known">;
    event: MeasuredTile;
    control: MeasureControl;
    result: null;
  };
  evaluate: { params: EvaluateParams; event: never; control: never; result: Evaluation };
  surface: { params: SurfaceParams; event: SurfaceEvent; control: never; result: Surface };
  selfCheck: {
    params: { readonly backend: BackendChoice };
    event: CheckRow;
    control: never;
    result: readonly CheckRow[];
  };
  benchmark: {
    params: { readonly batchSize: number };
    event: BenchmarkRow;
    control: never;
    result: readonly BenchmarkRow[];
  };
  /** Reads, checks and stores images; what was stored before stays until the new set is whole. */
  importImages: { params: ImportParams; event: ImportEvent; control: never; result: StoredImages };
  /** What is stored already; null for nothing. */
  storedImages: { params: Readonly<Record<string, never>>; event: never; control: never; result: StoredImages | null };
  /** Weights as safetensors bytes, in PyTorch's layouts and names. */
  exportCheckpoint: {
    params: { readonly spec: Spec; readonly weights: Weights };
    event: never;
    control: never;
    result: Uint8Array<ArrayBuffer>;
  };
  /** The reverse: a state dict's safetensors bytes as weights of the spec's model. Rejects with what does not fit. */
  importCheckpoint: {
    params: { readonly spec: Spec; readonly bytes: Uint8Array<ArrayBuffer> };
    event: never;
    control: never;
    result: Weights;
  };
  /** A run as the files of its folder. */
  exportRun: { params: { readonly run: RunContent }; event: never; control: never; result: FolderFiles };
  /** The reverse, checked as a whole. `identity` is for a folder that says nothing of who it is. */
  importRun: {
    params: {
      readonly files: FolderFiles;
      /** Names the folder in messages. */
      readonly where: string;
      readonly identity: Pick<RunRecord, "id" | "name" | "created">;
    };
    event: never;
    control: never;
    result: RunContent;
  };
}

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

/** What a job gets besides its parameters. */
export interface JobContext<Name extends JobName> {
  readonly signal: AbortSignal;
  /**
   * Resolves when the receiver has room for more (credit-based back-pressure). The event's arrays are given away: they may
   * be transferred to another thread.
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

/** Jobs that share a lane run one after another. */
export type JobLane = "training" | "evaluation";

export interface LoadedImages {
  readonly train: ImageSet;
  readonly test: ImageSet;
}

/** What jobs of one worker share and keep from one to the next: devices, images, compiled evaluations. */
export interface Workbench {
  readonly platform: Platform;
  readonly keep: Keep;
  /** What the last training compiled, if it said that others would follow. */
  readonly trainers: TrainerShelf;
  /** Random directions drawn so far. */
  readonly draws: DirectionDraws;
  /** The chosen backend, made once; made anew after its device was lost. `note` says why it is not WebGPU. */
  backend(choice: BackendChoice): Promise<{ readonly backend: Backend; readonly note?: string }>;
  /** The subsets that a data spec names. */
  images(data: Spec["data"]): Promise<LoadedImages>;
  /** Other images have come: nothing kept of the old ones may be used. */
  forgetImages(): void;
  /** Work a second that a backend has last done, for estimates; undefined before any. */
  rate(backend: Backend): number | undefined;
  setRate(backend: Backend, flopPerSecond: number): void;
}

/** A few costly things by key; the one unused longest is disposed of when there are too many. */
export interface Keep {
  get<Kept extends { dispose(): void }>(key: string, owner: object, make: () => Promise<Kept>): Promise<Kept>;
  /** Disposes of everything that belongs to `owner`, or of all. */
  forget(owner?: object): void;
}

/** The parts that differ between a browser worker and Node. */
export interface Platform {
  createBackend(choice: BackendChoice): Promise<{ readonly backend: Backend; readonly note?: string }>;
  loadImages(spec: Spec["data"], split: "train" | "test"): Promise<ImageSet>;
  /** Reads, checks and stores images that a person brought; what was stored before stays until the new set is whole. */
  importImages(
    params: ImportParams,
    options: { readonly signal: AbortSignal; emit(event: ImportEvent): void },
  ): Promise<StoredImages>;
  storedImages(): Promise<StoredImages | null>;
  /**
   * Other workers that run jobs, for backends of one thread: as many as are worth having for what one thread would do in
   * `workMs`, made when first asked for. None where there is a single processor, and for helpers themselves.
   */
  helpers(workMs: number): readonly JobRunner[];
}
