import { describe, expect, it } from "vitest";
import { WorkWindow } from "../../src/execution/work-window.ts";
import type { TrainingSpec } from "../../src/experiment/spec.ts";
import { CheckpointClock } from "../../src/training/checkpoint-clock.ts";
import { PauseGate } from "../../src/training/pause-gate.ts";
import { type TrainRunListener, type TrainRunOutcome, trainRun } from "../../src/training/train-run.ts";
import type { TrainingState } from "../../src/training/training-state.ts";
import { sameBits } from "../models/same-bits.ts";
import { createRoundingBackend, createSmallTrainer, silentListener, smallStart } from "./small-problem.ts";

interface RunOptions {
  readonly start?: TrainingState;
  readonly training?: Partial<TrainingSpec>;
  readonly listener?: Partial<TrainRunListener>;
  readonly signal?: AbortSignal;
  readonly gate?: PauseGate;
  readonly window?: WorkWindow;
  readonly clock?: CheckpointClock;
}

async function run({ start = smallStart(), training, listener, signal, gate, window, clock }: RunOptions = {}) {
  const backend = createRoundingBackend();
  const trainer = await createSmallTrainer(backend, start, training);
  try {
    return await trainRun({
      trainer,
      start,
      signal: signal ?? new AbortController().signal,
      listener: { ...silentListener, ...listener },
      gate,
      window,
      clock,
    });
  } finally {
    trainer.dispose();
    expect(backend.memory.bytes).toBe(0);
  }
}

function expectSameState(a: TrainingState, b: TrainingState) {
  expect(a.step).toBe(b.step);
  expect(sameBits(a.weights.theta, b.weights.theta)).toBe(true);
  expect(a.moments.map((moment, i) => sameBits(moment, b.moments[i]))).toEqual(b.moments.map(() => true));
  expect(sameBits(a.batchLosses, b.batchLosses)).toBe(true);
  const withoutTime = (state: TrainingState) => state.epochs.map(({ elapsedMs: _, ...figures }) => figures);
  expect(withoutTime(a)).toEqual(withoutTime(b));
}

/** A run that is cancelled once `step` steps are done, or in the evaluation after them. */
async function cancelAt(step: number, training: Partial<TrainingSpec> = {}): Promise<TrainRunOutcome> {
  const controller = new AbortController();
  return run({
    training,
    signal: controller.signal,
    listener: {
      steps: (first, losses) => {
        if (first + losses.length >= step) controller.abort();
      },
    },
  });
}

describe("trainRun", () => {
  it("learns, and reports every step and every epoch", async () => {
    const steps: number[] = [];
    const epochs: number[] = [];
    const { status, state } = await run({
      listener: {
        steps: (first, losses) => steps.push(...Array.from(losses, (_, i) => first + i)),
        epoch: ({ epoch }) => {
          epochs.push(epoch);
        },
      },
    });
    expect(status).toBe("complete");
    expect(steps).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(epochs).toEqual([1, 2, 3, 4, 5]);
    expect(state.epochs.map(({ step }) => step)).toEqual([4, 8, 12, 16, 20]);
    expect(state.batchLosses.length).toBe(20);
    expect(state.epochs[4].trainLoss).toBeLessThan(Math.log(10) - 0.3);
  });

  it("repeats itself to the last bit", async () => {
    const [first, second] = [await run(), await run()];
    expectSameState(first.state, second.state);
  });

  it.each([
    ["sgd", { momentum: 0.9 }],
    ["adam", { optimizer: "adam", learningRate: 0.01 }],
  ] as const)("goes on from a checkpoint as if it had not stopped: %s", async (_, training) => {
    const whole = await run({ training });
    for (const step of [3, 4, 10]) {
      const cut = await cancelAt(step, training);
      expect(cut.status).toBe("cancelled");
      expect(cut.state.step).toBeGreaterThanOrEqual(step);
      expect(cut.state.step).toBeLessThan(20);
      const resumed = await run({ start: cut.state, training });
      expect(resumed.status).toBe("complete");
      expectSameState(resumed.state, whole.state);
    }
  });

  it("pauses, steps and resumes, and none of it changes the result", async () => {
    const gate = new PauseGate(true);
    const halts: number[] = [];
    const paused = await run({
      gate,
      listener: {
        paused(isPaused, step) {
          if (!isPaused) return;
          halts.push(step);
          if (step < 2) gate.step();
          else gate.resume();
        },
      },
    });
    expect(halts).toEqual([0, 1, 2]);
    expectSameState(paused.state, (await run()).state);
  });

  it("evaluates an epoch once though a pause comes at its end", async () => {
    const gate = new PauseGate();
    let waits = 0;
    class PausingWindow extends WorkWindow {
      override room(flop: number, signal?: AbortSignal): Promise<void> {
        if (waits++ % 2 === 0) gate.pause();
        return super.room(flop, signal);
      }
    }
    const paused = await run({
      gate,
      window: new PausingWindow(),
      listener: { paused: (isPaused) => isPaused && gate.resume() },
    });
    expectSameState(paused.state, (await run()).state);
  });

  it("keeps a checkpoint when it halts", async () => {
    const gate = new PauseGate();
    const kept: number[] = [];
    let halts = 0;
    await run({
      gate,
      listener: {
        steps: (first) => {
          if (first >= 5) gate.pause();
        },
        checkpoint: ({ step }) => {
          kept.push(step);
        },
        paused: (isPaused, step) => {
          if (!isPaused) return;
          expect(kept.at(-1)).toBe(step);
          halts++;
          gate.resume();
        },
      },
    });
    expect(halts).toBeGreaterThan(0);
    expect(kept.at(-1)).toBe(20);
  });

  it("takes a checkpoint when one is asked for, once, and goes on", async () => {
    const kept: TrainingState[] = [];
    const clock = new CheckpointClock();
    const { state } = await run({
      clock,
      listener: {
        steps: (first) => first === 0 && clock.ask(),
        checkpoint: (checkpoint) => {
          kept.push(checkpoint);
        },
      },
    });
    expect(kept.map(({ step }) => step)).toHaveLength(2);
    expect(kept[0].step).toBeGreaterThan(0);
    expect(kept[0].step).toBeLessThan(20);
    expect(kept[0].batchLosses).toEqual(state.batchLosses.slice(0, kept[0].step));
    expect(kept[1]).toBe(state);
  });

  it("stops at a loss that is not finite, says where, and keeps the last good checkpoint", async () => {
    const kept: TrainingState[] = [];
    const { status, state, message } = await run({
      training: { learningRate: 1e30, schedule: "constant", warmupEpochs: 0, epochs: 50 },
      clock: new CheckpointClock(0),
      listener: {
        checkpoint: (checkpoint) => {
          kept.push(checkpoint);
        },
      },
    });
    expect(status).toBe("non-finite");
    expect(message).toMatch(/^Training stopped at step \d+ of 200 \(epoch \d+\): .+ The state after step \d+ is kept/);
    expect(state).toBe(kept.at(-1) ?? state);
    expect(state.weights.theta.every(Number.isFinite)).toBe(true);
    expect(state.batchLosses.every(Number.isFinite)).toBe(true);
    expect(state.batchLosses.length).toBe(state.step);
  });

  it("does nothing in no epochs", async () => {
    const start = smallStart();
    const { status, state } = await run({ start, training: { epochs: 0 } });
    expect([status, state.step]).toEqual(["complete", 0]);
    expect(sameBits(state.weights.theta, start.weights.theta)).toBe(true);
  });

  it("refuses a batch larger than the set", async () => {
    await expect(run({ training: { batchSize: 57 } })).rejects.toThrow(
      "training.batchSize is 57, and there are only 56 training images.",
    );
  });
});
