/** What was found between runs, as files of the browser's storage, and back. Matched weights and plane directions are not kept. */
import { z } from "zod";
import {
  type CurveRequest,
  curveKinds,
  type Distances,
  type ModelCurve,
  type ModelLine,
  type ModelPlane,
  type PathBatchNorm,
  type PathMetrics,
  pathBatchNormModes,
} from "../comparison.ts";
import { count, float64, measuredNumber } from "../measurements/kept-measurement.ts";
import { sharpnessSchema } from "../measurements/sharpness.ts";
import { parseSpec } from "../parse-spec.ts";
import type { SharpnessResult } from "../sharpness.ts";
import { dataSchema } from "../spec.ts";
import { type Surface, surfaceSubsets } from "../surface.ts";
import { parseReport } from "../surface-files.ts";
import { type SurfaceView, surfaceViewSchema } from "../surface-view.ts";
import type { ArrayFile } from "./array-file.ts";
import { treeFromFile, treeToFile } from "./array-tree.ts";

/** Weights that were compared: a run's at a step of its training. */
export interface ComparedRun {
  readonly runId: string;
  readonly step: number;
}

export interface PlaneSettings {
  /** Points a side. */
  readonly count: number;
  readonly batchNorm: PathBatchNorm;
}

/** The surface in a plane, and the models in it. */
export interface KeptPlane extends Pick<ModelPlane, "marks" | "projected"> {
  readonly surface: Surface;
}

export interface Comparisons {
  readonly distances: { readonly settings: { readonly matched: boolean }; readonly result: Distances };
  readonly line: {
    readonly settings: { readonly points: number; readonly batchNorm: PathBatchNorm };
    readonly result: LineMetrics;
  };
  readonly plane: { readonly settings: PlaneSettings; readonly result: KeptPlane };
  readonly curve: {
    readonly settings: {
      readonly request: CurveRequest;
      readonly points: number;
      readonly batchNorm: PathBatchNorm;
    };
    readonly result: { readonly curve: ModelCurve; readonly straight: LineMetrics | null };
  };
  /** The plane of the curve kept between the same runs. */
  readonly "curve-plane": { readonly settings: PlaneSettings; readonly result: KeptPlane };
  /** Around one run. */
  readonly surface: { readonly settings: SurfaceView; readonly result: Surface };
  /** Sharpness of one run. */
  readonly sharpness: { readonly settings: object; readonly result: SharpnessResult };
}

/** A line without the weights that its second model was matched to. */
export interface LineMetrics extends Pick<ModelLine, "raw" | "report"> {
  readonly matched: { readonly figures: PathMetrics } | null;
}

export const comparisonKinds = ["distances", "line", "plane", "curve", "curve-plane", "surface", "sharpness"] as const;
export type ComparisonKind = (typeof comparisonKinds)[number] & keyof Comparisons;

export interface KeptComparison<Kind extends ComparisonKind = ComparisonKind> {
  readonly kind: Kind;
  /** Runs in the order in which they were compared. */
  readonly runs: readonly ComparedRun[];
  readonly settings: Comparisons[Kind]["settings"];
  readonly result: Comparisons[Kind]["result"];
}

const float32 = z.instanceof(Float32Array<ArrayBuffer>);
const spec = z.unknown().transform((value) => parseSpec(value));
const batchNorm = z.enum(pathBatchNormModes);
const measured = { backend: z.string(), elapsedMs: z.number() };
const pathReport = z.object({ ...measured, spec, batchNorm });

const split = z
  .object({
    loss: float64,
    lossError: float64,
    accuracy: float64,
    barrier: z.object({ height: measuredNumber, t: measuredNumber }),
    examples: count,
  })
  .refine(({ loss, lossError, accuracy }) => loss.length === lossError.length && loss.length === accuracy.length);
const path = z
  .object({ t: float64, train: split, test: split })
  .refine(({ t, train, test }) => t.length === train.loss.length && t.length === test.loss.length, "lengths differ");
const line = z.object({ raw: path, matched: z.object({ figures: path }).nullable(), report: pathReport });

const distances = z
  .object({
    labels: z.array(z.string()),
    norms: float64,
    fromInitialization: float64,
    distance: float64,
    cosine: float64,
    matchedDistance: float64.nullable(),
    matchedCosine: float64.nullable(),
    disagreement: float64,
    divergence: float64,
    incomparable: z.array(
      z.object({ pair: z.tuple([count, count]), what: z.enum(["weights", "predictions"]), why: z.string() }),
    ),
    report: z.object({ ...measured, data: dataSchema, subset: z.enum(surfaceSubsets), examples: count }),
  })
  .refine(({ labels, norms, fromInitialization, ...matrices }) => {
    const n = labels.length;
    const { distance, cosine, matchedDistance, matchedCosine, disagreement, divergence } = matrices;
    const all = [distance, cosine, matchedDistance, matchedCosine, disagreement, divergence];
    return (
      norms.length === n && fromInitialization.length === n && all.every((one) => (one?.length ?? n * n) === n * n)
    );
  }, "matrices are not of the models");

const curve = z.object({
  request: z.object({
    kind: z.enum(curveKinds),
    controls: z.int().min(1).max(100),
    epochs: count,
    learningRate: z.number(),
    seed: count,
  }),
  controls: z.array(float32),
  batchLosses: float32,
  status: z.enum(["complete", "cancelled"]),
  figures: path.nullable(),
  report: pathReport,
});

const surface = z
  .object({
    values: z.object({
      columns: count,
      rows: count,
      alpha: float64,
      beta: float64,
      loss: float64,
      lossError: float64,
      accuracy: float64,
      measured: z.instanceof(Uint8Array<ArrayBuffer>),
    }),
    report: z.unknown().transform((value) => parseReport(value)),
  })
  .refine(({ values: { columns, rows, alpha, beta, ...grids } }) => {
    const cells = [grids.loss, grids.lossError, grids.accuracy, grids.measured];
    return alpha.length === columns && beta.length === rows && cells.every(({ length }) => length === columns * rows);
  }, "values are not of the grid");

const place = { alpha: z.number(), beta: z.number() };
const metrics = z.object({ loss: measuredNumber, accuracy: measuredNumber });
const mark = z.object({ ...place, label: z.string(), inPlane: metrics, own: metrics });
const plane = z.object({
  marks: z.tuple([mark, mark, mark]),
  projected: z.array(z.object({ ...place, offPlane: z.number() })),
  surface,
});

const planeSettings = z.object({ count, batchNorm });
const between = z.object({ points: z.int().min(2), batchNorm });
const schemas: Readonly<Record<ComparisonKind, { readonly settings: z.ZodType; readonly result: z.ZodType }>> = {
  distances: { settings: z.object({ matched: z.boolean() }), result: distances },
  line: { settings: between, result: line },
  plane: { settings: planeSettings, result: plane },
  curve: {
    settings: between.extend({ request: curve.shape.request }),
    result: z.object({ curve, straight: line.nullable() }),
  },
  "curve-plane": { settings: planeSettings, result: plane },
  surface: { settings: surfaceViewSchema, result: surface },
  sharpness: { settings: z.object({}), result: sharpnessSchema },
};

const frameSchema = z.object({
  kind: z.enum(comparisonKinds),
  runs: z.array(z.object({ runId: z.string(), step: count })).min(1),
  settings: z.unknown(),
  result: z.unknown(),
});

export const comparisonToFile = (comparison: KeptComparison): ArrayFile => treeToFile(comparison);

/** Throws an Error that says what is wrong. */
export function comparisonFromFile(file: ArrayFile): KeptComparison {
  const { kind, runs, settings, result } = frameSchema.parse(treeFromFile(file));
  const schema = schemas[kind];
  return {
    kind,
    runs,
    settings: schema.settings.parse(settings),
    result: schema.result.parse(result),
  } as KeptComparison;
}
