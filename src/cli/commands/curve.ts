/** `curve`: a curve of low loss trained between two models, its metrics and its control points as files. */
import { writeCheckpointFile } from "../../experiment/checkpoint-files.ts";
import type { CurveKind, ModelCurve, PathBatchNorm } from "../../experiment/comparison.ts";
import { curveToJson, pathsToCsv, pathsToNpz } from "../../experiment/comparison-files.ts";
import type { CurveParams } from "../../jobs/comparison-jobs.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobEvent } from "../../jobs/jobs.ts";
import { modelOf } from "../../jobs/problem.ts";
import { toStateDict } from "../../models/state-dict.ts";
import { exitCodes } from "../cli-error.ts";
import { readPair } from "../compared-models.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";
import { describePoint, summarizePath } from "./line.ts";

export interface CurveOptions {
  readonly from: string;
  readonly to: string;
  readonly spec?: string;
  readonly kind: CurveKind;
  readonly controls: number;
  readonly epochs?: number;
  readonly learningRate?: number;
  readonly out: string;
  readonly points: number;
  readonly seed: number;
  readonly batchNorm: PathBatchNorm;
  readonly backend: BackendChoice;
}

/** Resolves with the exit code. */
export async function curve(options: CurveOptions, session: Session): Promise<number> {
  const { out, kind, controls, seed, points, batchNorm, backend } = options;
  const pair = await readPair(options.from, options.to, options.spec);
  await session.announceBackend(backend);
  const { epochs, learningRate } = { ...pair.spec.training, ...definedOf(options) };
  const params: CurveParams = {
    ...pair,
    request: { kind, controls, epochs, learningRate, seed },
    points,
    batchNorm,
    backend,
  };
  const result = await session.follow("curve", params, (event) => session.sayProgress(describeStep(event)));
  const { figures, status, batchLosses, report } = result;
  const paths = figures && { curve: figures };
  await writeTogether(out, {
    "curve.json": curveToJson(result),
    ...(paths && { "curve.npz": pathsToNpz(paths), "curve.csv": pathsToCsv(paths) }),
    ...controlFiles(params, result),
  });
  session.print({
    status,
    out,
    kind,
    controls,
    steps: batchLosses.length,
    ...(figures && summarizePath(figures)),
    backend: report.backend,
    elapsedMs: report.elapsedMs,
  });
  return status === "complete" ? 0 : exitCodes.interrupted;
}

const definedOf = ({ epochs, learningRate }: CurveOptions) => ({
  ...(epochs !== undefined && { epochs }),
  ...(learningRate !== undefined && { learningRate }),
});

function describeStep(event: JobEvent<"curve">): string {
  if (event.kind === "point") return describePoint(event);
  const { firstStep, steps, batchLosses } = event;
  const last = batchLosses[batchLosses.length - 1];
  return `step ${firstStep + batchLosses.length} of ${steps}: loss ${last.toPrecision(4)}`;
}

/** Checkpoints of the control points; BatchNorm's statistics are the mean of both models'. */
function controlFiles({ spec, from, to }: CurveParams, { controls }: ModelCurve): Record<string, Uint8Array> {
  const model = modelOf(spec);
  const state = from.state.map((value, k) => (value + to.state[k]) / 2);
  return Object.fromEntries(
    controls.map((theta, k) => [
      `control${k + 1}.safetensors`,
      writeCheckpointFile({ tensors: toStateDict(model, { theta, state }), spec, step: null }),
    ]),
  );
}
