/** What the curvature commands share: their options, and the request that these come to. */
import type { CurvatureRequest, ProbeStatus } from "../../experiment/curvature.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import { exitCodes } from "../cli-error.ts";

export interface CurvatureOptions {
  readonly checkpoint: string;
  readonly spec?: string;
  readonly operator: CurvatureRequest["operator"];
  readonly subset: CurvatureRequest["subset"];
  readonly batchNorm: CurvatureRequest["batchNorm"];
  readonly parameters: readonly string[];
  readonly filterScaled: boolean;
  readonly seed: number;
  readonly backend: BackendChoice;
}

export interface SolverOptions {
  readonly tolerance: number;
  readonly maxProducts: number;
  /** Most memory that the job may take, in MiB. */
  readonly memory: number;
}
export interface SolveOptions extends CurvatureOptions, SolverOptions {}

export const solveOf = ({ tolerance, maxProducts, memory }: SolverOptions) => ({
  tolerance,
  maxProducts,
  memoryBytes: memory * 2 ** 20,
});

export const requestOf = (options: CurvatureOptions): CurvatureRequest => ({
  operator: options.operator,
  subset: options.subset,
  batchNorm: options.batchNorm,
  parameters: options.parameters,
  filterScaled: options.filterScaled,
  seed: options.seed,
});

export function exitCodeOfProbes(status: ProbeStatus): number {
  switch (status) {
    case "complete":
      return 0;
    case "cancelled":
      return exitCodes.interrupted;
    case "non-finite":
      return exitCodes.nonFinite;
  }
}
