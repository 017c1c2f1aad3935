/** Eigenvectors meant by number: read from a spectrum's folder, or computed and left beside the result. */
import { eigenpairOf, isCurvatureOf, type Spectrum } from "../experiment/curvature.ts";
import type { Spec } from "../experiment/spec.ts";
import type { SurfaceRequest } from "../experiment/surface.ts";
import type { Weights } from "../experiment/weights.ts";
import type { BackendChoice } from "../jobs/device-jobs.ts";
import { CliError, exitCodes } from "./cli-error.ts";
import type { FoundPair } from "./inputs.ts";
import { resultFiles } from "./result-files.ts";
import type { Session } from "./session.ts";
import { reportSolve } from "./solve-progress.ts";
import { readSpectrumFolder } from "./spectrum-folder.ts";
import { writeTogether } from "./write-files.ts";

const solve = { tolerance: 1e-3, maxProducts: 1000, memoryBytes: 2 ** 30 } as const;

export interface EigenvectorOptions {
  /** A spectrum's folder; they are computed where there is none. */
  readonly eigenvectors?: string;
  /** The folder that computed ones are left in. */
  readonly out: string;
  readonly subset: SurfaceRequest["subset"];
  readonly batchNorm: SurfaceRequest["batchNorm"];
  readonly backend: BackendChoice;
  readonly seed: number;
}

/** `indices` as in `EigenDirection`. */
export async function findEigenvectors(
  indices: readonly number[],
  { spec, weights }: { readonly spec: Spec; readonly weights: Weights },
  options: EigenvectorOptions,
  session: Session,
): Promise<(index: number) => FoundPair> {
  if (indices.length === 0) return refuse;
  const found =
    options.eigenvectors === undefined
      ? await compute(indices, spec, weights, options, session)
      : await readSpectrumFolder(options.eigenvectors, spec);
  return (index) => {
    const pair = eigenpairOf(found, index);
    if (pair) return { ...pair, isCurvature: isCurvatureOf(found.report.request, options) };
    const bottom = found.vectors.length - found.top;
    throw new CliError(
      `eigen:${index}: There are ${found.top} pairs from the top and ${bottom} from the bottom. Compute more with spectrum.`,
    );
  };
}

const refuse = (index: number): never => {
  throw new CliError(`eigen:${index}: It was not asked for.`);
};

async function compute(
  indices: readonly number[],
  spec: Spec,
  weights: Weights,
  { backend, subset, batchNorm, seed, out }: EigenvectorOptions,
  session: Session,
): Promise<Spectrum> {
  const result = await session.follow(
    "spectrum",
    {
      spec,
      weights,
      request: {
        operator: "hessian",
        subset,
        batchNorm: batchNorm === "batch" ? "batch" : "frozen",
        parameters: ["*"],
        filterScaled: false,
        seed,
      },
      backend,
      top: Math.max(0, ...indices),
      bottom: Math.max(0, ...indices.map((index) => -index)),
      ...solve,
    },
    (event) => reportSolve(event, session),
  );
  await writeTogether(out, await resultFiles("spectrum", result));
  if (result.status === "cancelled")
    throw new CliError("Stopped while solving for eigenvectors.", exitCodes.interrupted);
  if (result.status !== "converged")
    session.say(`The eigenvectors have not converged (${result.status}); spectrum.json has their residuals.`);
  return result;
}
