/**
 * The training loop: steps, an evaluation after every epoch, checkpoints, pause and cancel. Losses are read a few
 * submissions behind. It ends by itself, on the signal, or at the first loss or weight that is not finite.
 */
import { Pipeline } from "../execution/pipeline.ts";
import { WorkWindow } from "../execution/work-window.ts";
import type { EpochMetrics } from "../experiment/metrics.ts";
import { isRecorded, type RecordingPlan } from "../experiment/recording.ts";
import type { TrajectoryPoint } from "../experiment/trajectory.ts";
import { CheckpointClock } from "./checkpoint-clock.ts";
import { PauseGate } from "./pause-gate.ts";
import type { Trainer } from "./trainer.ts";
import type { TrainingState } from "./training-state.ts";

export interface TrainRunListener {
  /** Batch losses of the steps from `firstStep` on, in order. */
  steps(firstStep: number, batchLosses: Float32Array): void;
  epoch(metrics: EpochMetrics): void | Promise<void>;
  /** A state that is safe to keep: every loss before it and every weight in it is finite. */
  checkpoint(state: TrainingState): void | Promise<void>;
  /** A point of the path, as the recording asks. */
  recorded?(point: TrajectoryPoint): void | Promise<void>;
  /** The run has come to a halt at `step`, or goes on. */
  paused(isPaused: boolean, step: number): void;
}

export interface TrainRunOptions {
  readonly trainer: Trainer;
  readonly start: TrainingState;
  readonly signal: AbortSignal;
  readonly listener: TrainRunListener;
  readonly gate?: PauseGate;
  readonly window?: WorkWindow;
  readonly clock?: CheckpointClock;
  /** Null records nothing. */
  readonly recording?: RecordingPlan | null;
}

export interface TrainRunOutcome {
  readonly status: "complete" | "cancelled" | "non-finite";
  /** Where the run ended, or its last finite checkpoint. */
  readonly state: TrainingState;
  readonly message?: string;
}

class NonFiniteError extends Error {}

export async function trainRun(options: TrainRunOptions): Promise<TrainRunOutcome> {
  const run = new TrainRun(options);
  try {
    await run.trainToEnd();
    return { status: "complete", state: await run.keepCheckpoint() };
  } catch (error) {
    if (error instanceof NonFiniteError) return { status: "non-finite", state: run.kept, message: error.message };
    if (options.signal.aborted && error === options.signal.reason) return run.cancelled();
    throw error;
  }
}

class TrainRun {
  /** The last checkpoint. */
  kept: TrainingState;
  readonly #trainer: Trainer;
  readonly #signal: AbortSignal;
  readonly #listener: TrainRunListener;
  readonly #gate: PauseGate;
  readonly #window: WorkWindow;
  readonly #clock: CheckpointClock;
  readonly #recording: RecordingPlan | null;
  readonly #pipeline = new Pipeline(3);
  readonly #batchLosses: number[];
  readonly #epochs: EpochMetrics[];
  #step: number;
  #elapsedMs: number;
  #resumedMs = performance.now();

  constructor({ trainer, start, signal, listener, gate, window, clock, recording }: TrainRunOptions) {
    this.#trainer = trainer;
    this.#signal = signal;
    this.#listener = listener;
    this.#gate = gate ?? new PauseGate();
    this.#window = window ?? new WorkWindow();
    this.#clock = clock ?? new CheckpointClock();
    this.#recording = recording ?? null;
    this.kept = start;
    this.#step = start.step;
    this.#batchLosses = Array.from(start.batchLosses);
    this.#epochs = [...start.epochs];
    this.#elapsedMs = start.epochs.at(-1)?.elapsedMs ?? 0;
  }

  async trainToEnd(): Promise<void> {
    const { plan } = this.#trainer;
    // A run cancelled while an epoch was being evaluated.
    if (this.#step > this.#epochs.length * plan.stepsPerEpoch && this.#step % plan.stepsPerEpoch === 0) {
      await this.#submitEvaluation();
    }
    await this.#submitPoint();
    while (this.#step < plan.steps) {
      if (this.#gate.allowance === 0) await this.#halt();
      const isTaken = await this.#submitSteps();
      if (isTaken) await this.#submitPoint();
      if (isTaken && this.#step % plan.stepsPerEpoch === 0) await this.#submitEvaluation();
      if (this.#clock.isDue) await this.#submitCheckpoint();
    }
    await this.#pipeline.drain();
  }

  /** Takes a checkpoint now and waits for it. */
  async keepCheckpoint(): Promise<TrainingState> {
    if (this.kept.step !== this.#step || this.kept.epochs.length !== this.#epochs.length) {
      await this.#submitCheckpoint();
      await this.#pipeline.drain();
    }
    return this.kept;
  }

  async cancelled(): Promise<TrainRunOutcome> {
    try {
      await this.#pipeline.drain();
      return { status: "cancelled", state: await this.keepCheckpoint() };
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      return { status: "non-finite", state: this.kept, message: error.message };
    }
  }

  /** False when a pause came first. */
  async #submitSteps(): Promise<boolean> {
    const first = this.#step;
    const flop = this.#trainer.flopOf(first);
    const count = Math.min(
      this.#gate.allowance,
      this.#trainer.plan.uniformStepsFrom(first),
      this.#stepsToPoint(first),
      this.#window.itemsPerSubmission(flop),
    );
    await this.#window.room(flop * count, this.#signal);
    if (this.#gate.allowance < count) return false;
    this.#gate.take(count);
    this.#step += count;
    await this.#pipeline.add(
      this.#window.track(flop * count, () => this.#trainer.run(first, count)),
      (losses) => this.#recordLosses(first, losses),
    );
    return true;
  }

  #stepsToPoint(step: number): number {
    const every = this.#recording?.everySteps ?? Number.POSITIVE_INFINITY;
    return Number.isFinite(every) ? every - (step % every) : every;
  }

  /** Where one is due. Weights that are not finite are no point: the loss says so soon. */
  async #submitPoint(): Promise<void> {
    const step = this.#step;
    if (!this.#recording || !isRecorded(this.#recording, step, this.#trainer.plan.steps)) return;
    await this.#pipeline.add(this.#trainer.readWeights(), async (weights) => {
      if (allFinite(weights.theta)) await this.#listener.recorded?.({ step, weights });
    });
  }

  #recordLosses(first: number, losses: Float32Array): void {
    const bad = losses.findIndex((loss) => !Number.isFinite(loss));
    const finite = bad < 0 ? losses : losses.subarray(0, bad);
    for (const loss of finite) this.#batchLosses.push(loss);
    this.#listener.steps(first, finite);
    if (bad >= 0) throw this.#nonFinite(`the batch loss became ${losses[bad]}`, first + bad);
  }

  #nonFinite(what: string, step: number): NonFiniteError {
    const { plan } = this.#trainer;
    return new NonFiniteError(
      `Training stopped at step ${step + 1} of ${plan.steps} (epoch ${plan.epochOf(step) + 1}): ${what}. ` +
        `The state after step ${this.kept.step} is kept. A lower learning rate or another initialisation may help; ` +
        `the rate was ${this.#trainer.learningRateAt(step).toPrecision(3)}.`,
    );
  }

  async #submitEvaluation(): Promise<void> {
    const step = this.#step;
    const { train, test } = this.#trainer.evaluators;
    const { metrics: trainMetrics } = await train.enqueue(this.#window, this.#signal);
    const { metrics: testMetrics } = await test.enqueue(this.#window, this.#signal);
    await this.#pipeline.add(Promise.all([trainMetrics, testMetrics]), async ([onTrain, onTest]) => {
      const metrics: EpochMetrics = {
        epoch: step / this.#trainer.plan.stepsPerEpoch,
        step,
        learningRate: this.#trainer.learningRateAt(step - 1),
        trainLoss: onTrain.loss,
        trainAccuracy: onTrain.accuracy,
        testLoss: onTest.loss,
        testAccuracy: onTest.accuracy,
        elapsedMs: this.#elapsedNow(),
      };
      this.#epochs.push(metrics);
      await this.#listener.epoch(metrics);
    });
  }

  async #submitCheckpoint(): Promise<void> {
    const step = this.#step;
    const begunMs = this.#clock.begin();
    await this.#pipeline.add(this.#trainer.read(), async ({ weights, moments }) => {
      const vectors = [weights.theta, weights.state, ...moments];
      if (!vectors.every(allFinite)) throw this.#nonFinite("weights are no longer finite", step - 1);
      this.kept = {
        step,
        weights,
        moments,
        epochs: [...this.#epochs],
        batchLosses: Float32Array.from(this.#batchLosses),
      };
      await this.#listener.checkpoint(this.kept);
      this.#clock.end(begunMs);
    });
  }

  /** Waits, with everything enqueued done and kept, until the gate opens. */
  async #halt(): Promise<void> {
    await this.#pipeline.drain();
    this.#elapsedMs = this.#elapsedNow();
    await this.keepCheckpoint();
    this.#listener.paused(true, this.#step);
    await this.#gate.open(this.#signal);
    this.#resumedMs = performance.now();
    if (!this.#gate.paused) this.#listener.paused(false, this.#step);
  }

  #elapsedNow(): number {
    return this.#elapsedMs + performance.now() - this.#resumedMs;
  }
}

const allFinite = (values: Float32Array): boolean => values.every(Number.isFinite);
