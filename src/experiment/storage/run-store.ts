/**
 * The browser's own store of runs, as its users see it: their records, and the latest of
 * their checkpoints, surfaces and curvature results. It works
 * the same from the page and from a worker, and in several tabs at once. `create-run-store.ts` opens one.
 */
import type { Checkpoint } from "../checkpoint.ts";
import type { CorruptRunError, NewerVersionError } from "../experiment-error.ts";
import type { ResultName } from "../measurements/list.ts";
import type { RunLabels } from "../run-labels.ts";
import type { KeptSurface } from "../surface.ts";
import type { TrajectoryPoint } from "../trajectory.ts";
import type { FileArea } from "./file-area.ts";
import type { NewRun, RunRecord } from "./run-record.ts";
import type { Stored } from "./slots.ts";
import type { KeptResult } from "./stored-results.ts";

/** A run of the list. */
export interface StoredRun {
  readonly record: RunRecord;
  /** When anything of it was last saved: milliseconds since 1970. */
  readonly savedAt: number;
  readonly hasCheckpoint: boolean;
  readonly hasSurface: boolean;
  readonly results: readonly ResultName[];
  /** Points of its path. */
  readonly trajectoryPoints: number;
  /** Size of all its files, the ones kept in reserve too. */
  readonly bytes: number;
}

export interface DamagedRun {
  readonly id: string;
  readonly error: CorruptRunError | NewerVersionError;
  readonly bytes: number;
}

export interface RunList {
  /** The run saved last comes first. */
  readonly runs: readonly StoredRun[];
  /** Records that this version can't read. Their files are untouched. */
  readonly damaged: readonly DamagedRun[];
}

/** Steps of the run's recorded points that gave way, on a full disk, to what was put: mostly none. */
export type StepsGivenUp = readonly number[];

/**
 * Every call may reject with StorageRefusedError; calls that put, with StorageFullError too, and then what was saved
 * before is as it was. Checkpoints, surfaces and results belong to a run whose record was put before: else RunMissingError.
 */
export interface RunStore {
  readonly kind: FileArea["kind"] | "unavailable";
  /** Why nothing can be kept here; null where it can. */
  readonly unavailableReason: string | null;
  listRuns(): Promise<RunList>;
  /**
   * Adds the run. Of one that is kept already, specification, status and epochs are replaced; its date and what a person has
   * said about it stay. Rejects with NewerVersionError where a later version of Basin keeps that run.
   */
  putRun(run: NewRun): Promise<void>;
  /** Changes what is said about a run. It does not count as a save: the order of the list stays. */
  labelRun(runId: string, labels: Partial<RunLabels>): Promise<void>;
  putCheckpoint(runId: string, checkpoint: Checkpoint): Promise<StepsGivenUp>;
  /** Null for none. Rejects with CorruptRunError where neither the latest save nor the one before it can be read. */
  getCheckpoint(runId: string): Promise<Stored<Checkpoint> | null>;
  /** Whole or partial. */
  putSurface(runId: string, surface: KeptSurface): Promise<StepsGivenUp>;
  /** Reads the surface kept with a run; errors are those of getCheckpoint. */
  getSurface(runId: string): Promise<Stored<KeptSurface> | null>;
  /** Replaces the result of this name. */
  putResult<Name extends ResultName>(runId: string, name: Name, kept: KeptResult<Name>): Promise<StepsGivenUp>;
  /** Reads a result kept with a run; errors are those of getCheckpoint. */
  getResult<Name extends ResultName>(runId: string, name: Name): Promise<Stored<KeptResult<Name>> | null>;
  /** Replaces the point of this step. */
  putTrajectoryPoint(runId: string, point: TrajectoryPoint): Promise<void>;
  /** Ascending by step; null for none. Points that can't be read are left out, with a warning. */
  getTrajectory(runId: string): Promise<Stored<readonly TrajectoryPoint[]> | null>;
  /** Deletes a run with its files. No error where there is no such run. */
  deleteRun(runId: string): Promise<void>;
  close(): void;
}
