/**
 * A run as a folder that git can hold: texts, safetensors and npz, nothing shared with other runs. What `train` writes
 * (spec.json, metrics.csv, the checkpoint's two files) is such a folder; run.json adds who the run is. Its bytes depend on the
 * run only, so that export, import and export again give the same files.
 */
import type { Checkpoint } from "./checkpoint.ts";
import type { ResultName } from "./measurements/list.ts";
import type { NamedTensor } from "./safetensors/named-tensor.ts";
import type { RunRecord } from "./storage/run-record.ts";
import type { KeptResult } from "./storage/stored-results.ts";
import type { KeptSurface } from "./surface.ts";
import type { TrajectoryPoint } from "./trajectory.ts";
import type { Weights } from "./weights.ts";

export type KeptResults = { readonly [Name in ResultName]?: KeptResult<Name> };

/** Everything that is kept of a run. */
export interface RunContent {
  readonly record: RunRecord;
  readonly checkpoint: Checkpoint | null;
  readonly surface: KeptSurface | null;
  readonly results: KeptResults;
  /** Recorded points, ascending by step. */
  readonly trajectory: readonly TrajectoryPoint[];
}

/** Bytes by file name. */
export type FolderFiles = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

/** How a model's flat vectors lie in files: under PyTorch's names, in its layouts. Reading throws what does not fit. */
export interface TensorNames {
  stateDict(weights: Weights): NamedTensor[];
  weights(tensors: readonly NamedTensor[]): Weights;
  /** Tensors of a vector in the parameters' layout: a moment, an eigenvector. */
  tensors(vector: Float32Array): NamedTensor[];
  vector(tensors: readonly NamedTensor[]): Float32Array;
}

export const fileNames = {
  run: "run.json",
  spec: "spec.json",
  metrics: "metrics.csv",
  notes: "notes.md",
  checkpoint: "checkpoint.safetensors",
  optimizer: "optimizer.safetensors",
  surface: "surface.json",
  surfaceValues: "surface.npz",
} as const;

/** A point of the path is a checkpoint file of its own, written once. */
export const pointFileName = (step: number): string => `trajectory-${String(step).padStart(6, "0")}.safetensors`;

/** The step of a point's file; null for files of other names. */
export function stepOfPointFile(name: string): number | null {
  const step = Number(name.match(/^trajectory-(\d{6,15})\.safetensors$/)?.[1] ?? Number.NaN);
  return pointFileName(step) === name ? step : null;
}

export const resultFileName = (name: ResultName): string => `${name}.json`;

/** A run's folder keeps its name when the run is renamed, and no two runs have the same. */
export const folderName = ({ id, created }: Pick<RunRecord, "id" | "created">): string =>
  `${created.slice(0, 10).replace(/[^\d-]/g, "")}-${id.replace(/[^\w.-]/g, "_")}`;
