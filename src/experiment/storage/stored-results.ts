/** What was found of a run's curvature, as files of the browser's storage, and back. */
import { z } from "zod";
import {
  type LayerwiseCurvature,
  type PlaneConvexity,
  type SpectralDensity,
  type Spectrum,
  type SubsetExperiment,
  spectrumStatuses,
  type TraceResult,
  traceMethods,
} from "../curvature.ts";
import { curvatureReportSchema } from "../curvature-files.ts";
import { isWholeHistory } from "../solve-history.ts";
import type { ArrayFile } from "./array-file.ts";
import { treeFromFile, treeToFile } from "./array-tree.ts";

export interface RunResults {
  readonly spectrum: Spectrum;
  readonly density: SpectralDensity;
  readonly trace: TraceResult;
  readonly layers: LayerwiseCurvature;
  readonly subsets: SubsetExperiment;
  readonly convexity: PlaneConvexity;
}
export const resultNames = ["spectrum", "density", "trace", "layers", "subsets", "convexity"] as const;
export type ResultName = (typeof resultNames)[number] & keyof RunResults;

/** A result, and the training step of the weights that it is of. */
export interface KeptResult<Name extends ResultName> {
  readonly step: number;
  readonly result: RunResults[Name];
}

/** Files write what is not a number as null. */
const figure = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const mean = z.object({ mean: figure, standardError: figure });
const count = z.int().min(0);
const solveStatus = z.enum(spectrumStatuses);
const probeStatus = z.enum(["complete", "cancelled", "non-finite"]);
const float64 = z.instanceof(Float64Array<ArrayBuffer>);
const report = curvatureReportSchema;
const history = z
  .object({
    products: float64,
    converged: float64,
    elapsedMs: float64,
    pairs: float64,
    ritzValues: float64,
    residuals: float64,
  })
  .refine(isWholeHistory, "the arrays of its history differ in length");
const pairs = { eigenvalues: float64, residuals: float64, status: solveStatus, products: count };

const schemas = {
  spectrum: z
    .object({
      ...pairs,
      top: count,
      vectors: z.array(z.instanceof(Float32Array<ArrayBuffer>)),
      tolerance: z.number(),
      history: history.optional(),
      report,
    })
    .refine(
      ({ eigenvalues, residuals, vectors, top }) =>
        eigenvalues.length === residuals.length && eigenvalues.length === vectors.length && top <= vectors.length,
      "eigenvalues, residuals and vectors differ in number",
    ),
  density: z.object({
    runs: z.array(z.object({ nodes: float64, weights: float64 })),
    status: probeStatus,
    products: count,
    report,
  }),
  trace: z.object({
    method: z.enum(traceMethods),
    trace: mean,
    frobeniusNorm: mean.optional(),
    probes: count,
    products: count,
    status: probeStatus,
    report,
  }),
  layers: z.object({
    layers: z.array(
      z.object({
        ...pairs,
        name: z.string(),
        parameters: z.array(z.string()),
        dimension: count,
        trace: mean,
        frobeniusNorm: mean,
      }),
    ),
    tolerance: z.number(),
    status: probeStatus,
    report,
  }),
  subsets: z.object({
    samples: z.array(
      z.object({
        ...pairs,
        kind: z.enum(["full", "mini-batch", "resampled"]),
        size: count,
        draw: count,
        overlap: figure,
      }),
    ),
    top: count,
    tolerance: z.number(),
    status: probeStatus,
    report,
  }),
  convexity: z
    .object({
      alpha: float64,
      beta: float64,
      largest: float64,
      smallest: float64,
      measured: z.instanceof(Uint8Array<ArrayBuffer>),
      tolerance: z.number(),
      unconverged: count,
      products: count,
      status: probeStatus,
      plane: z.object({
        x: z.string(),
        y: z.string().nullable(),
        normalization: z.string(),
        biases: z.string(),
        orthogonalize: z.boolean(),
      }),
      report,
    })
    .refine(
      ({ alpha, beta, ...grids }) =>
        [grids.largest, grids.smallest, grids.measured].every(({ length }) => length === alpha.length * beta.length),
      "its grids are not of as many points as its axes",
    ),
};

export const resultToFile = <Name extends ResultName>(kept: KeptResult<Name>): ArrayFile => treeToFile(kept);

/** Throws an Error that says what is wrong. */
export function resultFromFile<Name extends ResultName>(name: Name, file: ArrayFile): KeptResult<Name> {
  const { step, result } = z.object({ step: count, result: z.unknown() }).parse(treeFromFile(file));
  return { step, result: parseResult(name, result) };
}

/** The result as checked data. Throws an Error that says what is wrong. */
export const parseResult = <Name extends ResultName>(name: Name, result: unknown): RunResults[Name] =>
  schemas[name].parse(result) as unknown as RunResults[Name];
