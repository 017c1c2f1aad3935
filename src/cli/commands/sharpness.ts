/** `sharpness`: how far the loss rises around a checkpoint, on average and at worst. */
import {
  isAverage,
  type SharpnessKind,
  sharpnessKinds,
  usualDraws,
  usualMeasure,
  usualSteps,
} from "../../experiment/sharpness.ts";
import { sharpnessToCsv, sharpnessToJson } from "../../experiment/sharpness-files.ts";
import type { BatchNormMode, SurfaceSubset } from "../../experiment/surface.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import { readCheckpoint } from "../inputs.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";
import { exitCodeOfProbes } from "./curvature-options.ts";

export interface SharpnessOptions {
  readonly checkpoint: string;
  readonly spec?: string;
  /** Folder of sharpness.json and sharpness.csv; none are written without. */
  readonly out?: string;
  readonly subset: SurfaceSubset;
  readonly batchNorm: BatchNormMode;
  /** All of them unless given. */
  readonly measures?: readonly { readonly kind: SharpnessKind; readonly radius?: number }[];
  readonly draws?: number;
  readonly steps?: number;
  readonly seed: number;
  readonly backend: BackendChoice;
}

/** Resolves with the exit code. */
export async function sharpness(options: SharpnessOptions, session: Session): Promise<number> {
  const { subset, batchNorm, seed, backend, out, draws = usualDraws, steps = usualSteps } = options;
  const { spec, weights } = await readCheckpoint(options.checkpoint, options.spec);
  await session.announceBackend(backend);
  const measures = (options.measures ?? sharpnessKinds.map((kind) => ({ kind, radius: undefined }))).map(
    ({ kind, radius }) => {
      const usual = usualMeasure(kind);
      return { ...usual, radius: radius ?? usual.radius, count: isAverage(kind) ? draws : steps };
    },
  );
  const request = { subset, batchNorm, measures, seed };
  const result = await session.follow("sharpness", { spec, weights, request, backend }, ({ measure, estimate }) => {
    const { kind, done, value } = estimate;
    session.sayProgress(`${kind}: ${done} of ${measures[measure].count}, ${value.toPrecision(4)}`);
  });
  if (out !== undefined)
    await writeTogether(out, {
      "sharpness.json": sharpnessToJson(result),
      "sharpness.csv": sharpnessToCsv(result.figures),
    });
  const { report, ...found } = result;
  session.print({ ...found, examples: report.examples, backend: report.backend, elapsedMs: report.elapsedMs });
  return exitCodeOfProbes(result.status);
}
