/** Trains a spec's model, from its initial weights or from a checkpoint. */
import { recordingPlan } from "../experiment/recording.ts";
import type { Model } from "../models/model.ts";
import { StateDictError } from "../models/state-dict.ts";
import { bytesOfWeights, fitsLayout } from "../models/weights.ts";
import { CheckpointClock } from "../training/checkpoint-clock.ts";
import { drawInitialWeights } from "../training/initial-weights.ts";
import { PauseGate } from "../training/pause-gate.ts";
import { trainRun } from "../training/train-run.ts";
import type { TrainerOptions } from "../training/trainer.ts";
import type { TrainingState } from "../training/training-state.ts";
import type { JobHandlers } from "./job-context.ts";
import { checkWeights, lossOf, microBatchesOn, modelOf, pixelNormalizationOf } from "./problem.ts";
import { ProgressTicker } from "./progress-ticker.ts";
import type { TrainingCheckpoint, TrainParams } from "./training-jobs.ts";

export const train: JobHandlers["train"] = async (params, { signal, emit, onControl, workbench }) => {
  const { spec } = params;
  const model = modelOf(spec);
  const start = startOf(params, model);
  const { backend } = await workbench.backend(params.backend);
  const images = await workbench.images(spec.data);
  signal.throwIfAborted();
  const options: TrainerOptions = {
    backend,
    model,
    loss: lossOf(spec),
    training: spec.training,
    augment: spec.data.augment,
    images,
    pixelNormalization: pixelNormalizationOf(spec),
    microBatches: (count) => microBatchesOn(backend, count),
    start,
  };
  let sharesPrograms = params.sharesPrograms ?? false;
  const { trainer, compiled } = await workbench.trainers.take(options);
  try {
    const { steps, stepsPerEpoch } = trainer.plan;
    const window = workbench.window();
    const totalFlop = trainer.flopFrom(0);
    const flopPerImage = trainer.flopOf(0) / trainer.plan.sizeOf(0);
    const rate = workbench.rate(backend);
    const recording = spec.recording ? recordingPlan(spec.recording, steps, bytesOfWeights(model)) : null;
    await emit({
      kind: "started",
      backend: backend.description,
      cost: {
        parameters: model.layout.count,
        flopPerStep: trainer.flopOf(0),
        totalFlop,
        memoryBytes: backend.memory.bytes,
        ...(rate !== undefined && { seconds: trainer.flopFrom(start.step) / rate }),
      },
      steps,
      compiled,
      ...(recording && { recording }),
    });

    const gate = new PauseGate(params.paused);
    const clock = new CheckpointClock();
    onControl(({ kind }) => {
      if (kind === "checkpoint") clock.ask();
      else if (kind === "release") sharesPrograms = false;
      else gate[kind]();
    });
    const ticker = new ProgressTicker(start.step, (step, firstLossStep, batchLosses) =>
      emit({
        kind: "progress",
        step,
        steps,
        epoch: step / stepsPerEpoch,
        learningRate: trainer.learningRateAt(Math.max(0, step - 1)),
        firstLossStep,
        batchLosses,
        imagesPerSecond: window.flopPerSecond / flopPerImage,
        gflopPerSecond: window.flopPerSecond / 1e9,
        etaSeconds: trainer.flopFrom(step) / window.flopPerSecond,
        memoryBytes: backend.memory.bytes,
        paused: gate.allowance === 0,
      }),
    );
    const outcome = await trainRun({
      trainer,
      start,
      signal,
      gate,
      window,
      clock,
      recording,
      listener: {
        steps: (_, losses) => ticker.record(losses),
        epoch: async (metrics) => {
          workbench.setRate(backend, window.flopPerSecond);
          await emit({ kind: "epoch", metrics });
        },
        checkpoint: (state) =>
          emit({ kind: "checkpoint", step: state.step, checkpoint: { spec, ...copyState(state) } }),
        recorded: (point) => emit({ kind: "recorded", point }),
        paused: () => ticker.flush(),
      },
    });
    ticker.flush();
    const checkpoint: TrainingCheckpoint = { spec, ...copyState(outcome.state) };
    return { status: outcome.status, checkpoint, ...(outcome.message !== undefined && { message: outcome.message }) };
  } finally {
    if (sharesPrograms) workbench.trainers.put(trainer, options);
    else trainer.dispose();
  }
};

function startOf({ spec, resume }: TrainParams, model: Model): TrainingState {
  if (!resume) {
    const weights = drawInitialWeights(model, spec.init);
    return { step: 0, weights, moments: [], epochs: [], batchLosses: new Float32Array(0) };
  }
  checkWeights(model, resume.weights);
  if (resume.moments.some((moment) => !fitsLayout(moment, model.layout)))
    throw new StateDictError(
      "The optimiser's state in the checkpoint is not of this model. Resume with the run's own spec.",
    );
  return resume;
}

/** A copy whose arrays may be given away. */
const copyState = ({ step, weights, moments, epochs, batchLosses }: TrainingState): TrainingState => ({
  step,
  weights: { theta: weights.theta.slice(), state: weights.state.slice() },
  moments: moments.map((moment) => moment.slice()),
  epochs,
  batchLosses: batchLosses.slice(),
});
