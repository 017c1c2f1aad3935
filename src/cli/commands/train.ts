/** `train`: runs a specification and leaves its run in a folder, from which it can go on. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readOptimizerFile, writeCheckpointFile, writeOptimizerFile } from "../../experiment/checkpoint-files.ts";
import { metricsToCsv } from "../../experiment/metrics.ts";
import { parseSpec } from "../../experiment/parse-spec.ts";
import { fewestPoints, type RecordingPlan } from "../../experiment/recording.ts";
import { pointFileName } from "../../experiment/run-folder.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { TrajectoryPoint } from "../../experiment/trajectory.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import { modelOf } from "../../jobs/problem.ts";
import type { TrainEvent, TrainingCheckpoint, TrainParams, TrainResult } from "../../jobs/training-jobs.ts";
import { packTensors, toStateDict, unpackTensors } from "../../models/state-dict.ts";
import { CliError, exitCodes } from "../cli-error.ts";
import { readCheckpoint, readInput, readSpec } from "../inputs.ts";
import type { Session } from "../session.ts";
import { writeTogether } from "../write-files.ts";

export interface TrainOptions {
  readonly out?: string;
  readonly resume?: string;
  readonly backend: BackendChoice;
  readonly seed?: number;
  /** Steps from one recorded point to the next. */
  readonly recordEvery?: number;
  /** Megabytes for all recorded points. */
  readonly recordBudget?: number;
}

export const checkpointName = "checkpoint.safetensors";
const optimizerName = "optimizer.safetensors";

/** Resolves with the exit code. */
export async function train(specPath: string | undefined, options: TrainOptions, session: Session): Promise<number> {
  const { folder, spec, resume } = await openRun(specPath, options);
  await session.announceBackend(options.backend);
  const result = await runInFolder({ folder, spec, resume }, { backend: options.backend }, session);
  session.print(summary(folder, result));
  if (result.status === "complete") return 0;
  return result.status === "cancelled" ? exitCodes.interrupted : exitCodes.nonFinite;
}

/** Trains and leaves the run in its folder as it goes. */
export async function runInFolder(
  { folder, spec, resume }: OpenedRun,
  settings: Pick<TrainParams, "backend" | "sharesPrograms">,
  session: Session,
): Promise<TrainResult> {
  const result = await session.follow("train", { runId: folder, spec, resume, ...settings }, async (event) => {
    // Not before it is certain that the run starts.
    if (event.kind === "started" && !resume) await writeTogether(folder, startFiles(spec));
    if (event.kind === "checkpoint") await save(folder, event.checkpoint);
    else if (event.kind === "recorded") await savePoint(folder, spec, event.point);
    else report(event, spec, session);
  });
  await save(folder, result.checkpoint);
  if (result.message !== undefined) session.say(result.message);
  return result;
}

const startFiles = (spec: Spec) => ({
  "spec.json": `${JSON.stringify(spec, null, 2)}\n`,
  "metrics.csv": metricsToCsv([]),
});

export interface OpenedRun {
  readonly folder: string;
  readonly spec: Spec;
  readonly resume?: TrainingCheckpoint;
}

async function openRun(specPath: string | undefined, options: TrainOptions): Promise<OpenedRun> {
  const { out, resume, seed } = options;
  if (resume !== undefined) {
    const others = [specPath, out, seed, options.recordEvery, options.recordBudget];
    if (others.some((other) => other !== undefined))
      throw new CliError(
        "--resume RUN goes on with that run's own specification, seeds and folder: give nothing else.",
      );
    return openStoredRun(resume);
  }
  if (specPath === undefined || out === undefined)
    throw new CliError("Give a specification and --out RUN, or --resume RUN.");
  if (existsSync(join(out, checkpointName)))
    throw new CliError(`${out}: It holds a run already. Go on with it by --resume ${out}, or give another --out.`);
  const spec = withRecording(await readSpec(specPath), options);
  if (seed === undefined) return { folder: out, spec };
  return {
    folder: out,
    spec: { ...spec, init: { ...spec.init, seed }, training: { ...spec.training, seed } },
  };
}

/** Throws CliError for a budget of nothing. */
function withRecording(spec: Spec, { recordEvery, recordBudget }: TrainOptions): Spec {
  const everySteps = recordEvery ?? spec.recording?.everySteps;
  if (everySteps === undefined && recordBudget === undefined) return spec;
  if (everySteps === undefined)
    throw new CliError("--record-budget is of a recording. Say how often with --record-every.");
  return parseSpec({
    ...spec,
    recording: { ...spec.recording, everySteps, ...(recordBudget !== undefined && { budgetMegabytes: recordBudget }) },
  });
}

/** The run of a folder, to go on from its last checkpoint. */
export async function openStoredRun(folder: string): Promise<Required<OpenedRun>> {
  const { spec, weights, file } = await readCheckpoint(join(folder, checkpointName), undefined);
  const optimizerPath = join(folder, optimizerName);
  const stored = readOptimizerFile(await readInput(optimizerPath), file, optimizerPath);
  const model = modelOf(spec);
  const { step, epochs, batchLosses } = stored;
  const moments = stored.moments.map((tensors) => packTensors(model, tensors));
  return { folder, spec, resume: { spec, step, weights, moments, epochs, batchLosses } };
}

/** The run's files as of a checkpoint. */
async function save(folder: string, checkpoint: TrainingCheckpoint): Promise<void> {
  const { spec, step, weights, moments, epochs, batchLosses } = checkpoint;
  const model = modelOf(spec);
  await writeTogether(folder, {
    [checkpointName]: writeCheckpointFile({ tensors: toStateDict(model, weights), spec, step }),
    [optimizerName]: writeOptimizerFile({
      moments: moments.map((moment) => unpackTensors(model.layout, moment)),
      spec,
      step,
      epochs,
      batchLosses,
    }),
    "metrics.csv": metricsToCsv(epochs),
  });
}

/** A point is a checkpoint file of its own, written once. */
const savePoint = (folder: string, spec: Spec, { step, weights }: TrajectoryPoint): Promise<void> =>
  writeTogether(folder, {
    [pointFileName(step)]: writeCheckpointFile({ tensors: toStateDict(modelOf(spec), weights), spec, step }),
  });

const describeRecording = (plan: RecordingPlan | undefined): string =>
  plan
    ? `recording ${plan.points} points, every ${plan.everySteps === 1 ? "step" : `${plan.everySteps} steps`}, ${(plan.bytes / 1e6).toPrecision(3)} MB`
    : `recording nothing: the budget and the run's steps hold fewer than ${fewestPoints} points`;

const percent = (fraction: number) => `${(100 * fraction).toFixed(1)} %`;

function report(event: TrainEvent, spec: Spec, { say, sayProgress }: Session): void {
  if (event.kind === "started") {
    const { parameters, flopPerStep, totalFlop } = event.cost;
    const giga = (flop: number) => `${(flop / 1e9).toPrecision(3)} GFLOP`;
    say(`${parameters} parameters, ${event.steps} steps of ${giga(flopPerStep)}, ${giga(totalFlop)} in all`);
    say(`${event.compiled} programs compiled`);
    if (spec.recording) say(describeRecording(event.recording));
  } else if (event.kind === "epoch") {
    const { epoch, trainLoss, trainAccuracy, testLoss, testAccuracy, elapsedMs } = event.metrics;
    say(
      `epoch ${epoch}: train loss ${trainLoss.toPrecision(4)}, ${percent(trainAccuracy)}; ` +
        `test loss ${testLoss.toPrecision(4)}, ${percent(testAccuracy)}; ${(elapsedMs / 1000).toFixed(1)} s`,
    );
  } else if (event.kind === "progress" && event.batchLosses.length > 0) {
    const { step, steps, batchLosses, imagesPerSecond, gflopPerSecond, etaSeconds } = event;
    sayProgress(
      `step ${step} of ${steps}: loss ${batchLosses[batchLosses.length - 1].toPrecision(4)}, ` +
        `${imagesPerSecond.toPrecision(3)} images/s, ${gflopPerSecond.toPrecision(3)} GFLOP/s, ${Math.ceil(etaSeconds)} s left`,
    );
  }
}

export function summary(folder: string, { status, checkpoint, message }: TrainResult) {
  const last = checkpoint.epochs.at(-1);
  return {
    status,
    out: folder,
    steps: checkpoint.step,
    epochs: checkpoint.epochs.length,
    ...(last && {
      trainLoss: last.trainLoss,
      trainAccuracy: last.trainAccuracy,
      testLoss: last.testLoss,
      testAccuracy: last.testAccuracy,
      elapsedMs: last.elapsedMs,
    }),
    ...(message !== undefined && { message }),
  };
}
