import { describe, expect, it, vi } from "vitest";
import { presets } from "../../src/app/stores/settings/presets.ts";
import { defaultSettings } from "../../src/app/stores/settings/settings.ts";
import { findRequest } from "../../src/app/stores/surface-request.ts";
import { createSurfaceStore, type SurfaceStore } from "../../src/app/stores/surface-store.ts";
import { createTrainingStore, type TrainingStatus, type TrainingStore } from "../../src/app/stores/training-store.ts";
import type { TrainingCheckpoint } from "../../src/jobs/training-jobs.ts";
import { createFakeRunner, type FakeOptions } from "./fake-runner.ts";
import { exampleLoss } from "./landscape-model.ts";

const { spec } = presets[0];
const fast = { speed: Number.POSITIVE_INFINITY };

function trainingWith(options: FakeOptions) {
  const runner = createFakeRunner(options);
  const kept: TrainingCheckpoint[] = [];
  const store = createTrainingStore({
    runner: () => runner,
    backend: "auto",
    keep: async (_runId, checkpoint) => void kept.push(checkpoint),
    newRunId: () => "run",
  });
  return { store, kept };
}

function reach(store: TrainingStore, ...statuses: TrainingStatus[]): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!statuses.includes(store.getState().status)) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = store.subscribe(check);
    check();
  });
}

describe("training session", () => {
  it("runs to its end and keeps every checkpoint", async () => {
    const { store, kept } = trainingWith(fast);
    store.getState().start(spec);
    expect(store.getState().status).toBe("starting");
    await reach(store, "complete");
    const { losses, steps, epochs, checkpoint } = store.getState();
    expect(losses.length).toBe(steps);
    expect(epochs.length).toBe(spec.training.epochs);
    expect(checkpoint!.step).toBe(steps);
    expect(kept.at(-1)).toBe(checkpoint);
    expect(losses.values).toEqual(checkpoint!.batchLosses);
  });

  it("pauses, steps once, goes on", async () => {
    const { store } = trainingWith({ speed: 50 });
    store.getState().start(spec);
    await reach(store, "running");
    store.getState().pause();
    await reach(store, "paused");
    const before = store.getState().progress!.step;
    store.getState().step();
    await new Promise<void>((resolve) => {
      const unsubscribe = store.subscribe(({ progress }) => {
        if (progress!.step <= before) return;
        unsubscribe();
        resolve();
      });
    });
    expect(store.getState().progress!.step).toBe(before + 1);
    expect(store.getState().status).toBe("paused");
    store.getState().unpause();
    await reach(store, "complete");
  });

  it("stops, resumes from the checkpoint and repeats no step", async () => {
    const { store } = trainingWith({ speed: 20 });
    store.getState().start(spec);
    await reach(store, "running");
    await vi.waitFor(() => expect(store.getState().progress?.step).toBeGreaterThan(0));
    await store.getState().stop();
    expect(store.getState().status).toBe("stopped");
    const at = store.getState().checkpoint!.step;
    expect(store.getState().losses.length).toBe(at);
    store.getState().resume();
    await reach(store, "complete");
    expect(store.getState().losses.length).toBe(store.getState().steps);
    expect(store.getState().losses.values.every((loss) => Number.isFinite(loss))).toBe(true);
  });

  it("tells why it failed and keeps the checkpoint to resume from", async () => {
    const error = new Error("The GPU went away.");
    const { store, kept } = trainingWith({ ...fast, failTraining: { afterSteps: 25, error } });
    store.getState().start(spec);
    await reach(store, "failed");
    expect(store.getState().message).toBe("The GPU went away.");
    expect(store.getState().checkpoint!.step).toBe(20);
    expect(kept.length).toBe(2);
  });

  it("puts a stored run on the page, ready to resume", async () => {
    const first = trainingWith({ speed: 20 });
    first.store.getState().start(spec);
    await reach(first.store, "running");
    await first.store.getState().stop();
    const { checkpoint } = first.store.getState();
    const second = trainingWith(fast);
    second.store.getState().adopt({ runId: "run", checkpoint: checkpoint!, status: "stopped", origin: null });
    expect(second.store.getState().status).toBe("stopped");
    second.store.getState().resume();
    await reach(second.store, "complete");
  });

  it("puts back a run whose loss was not finite as what it is, with its last good state", async () => {
    const first = trainingWith({ speed: 20 });
    first.store.getState().start(spec);
    await reach(first.store, "running");
    await first.store.getState().stop();
    const checkpoint = first.store.getState().checkpoint!;
    const { store } = trainingWith(fast);
    store.getState().adopt({ runId: "run", checkpoint, status: "non-finite", origin: null });
    expect(store.getState()).toMatchObject({
      status: "non-finite",
      message: `The last good state is after step ${checkpoint.step}.`,
    });
  });

  it("does not train a run that trains in another tab, and can once it does not", async () => {
    const first = trainingWith({ speed: 20 });
    first.store.getState().start(spec);
    await reach(first.store, "running");
    await first.store.getState().stop();
    const checkpoint = first.store.getState().checkpoint!;
    let isElsewhere = true;
    let released = 0;
    const store = createTrainingStore({
      runner: () => createFakeRunner(fast),
      backend: "auto",
      keep: async () => {},
      newRunId: () => "run",
      hold: async () => (isElsewhere ? null : () => released++),
    });
    store.getState().adopt({ runId: "run", checkpoint, status: "stopped", origin: null });
    store.getState().resume();
    await reach(store, "failed");
    expect(store.getState().message).toBe("It is training in another tab of this browser.");
    isElsewhere = false;
    store.getState().resume();
    await reach(store, "complete");
    await Promise.resolve();
    expect(released).toBe(1);
  });

  it("stops before it has begun", async () => {
    const { store } = trainingWith(fast);
    store.getState().start(spec);
    await store.getState().stop();
    expect(store.getState()).toMatchObject({ status: "idle", checkpoint: null });
  });

  it("does not start twice", async () => {
    const { store } = trainingWith(fast);
    store.getState().start(spec);
    const { runId } = store.getState();
    store.getState().start(presets[1].spec);
    expect(store.getState().runId).toBe(runId);
    expect(store.getState().spec).toBe(spec);
    await reach(store, "complete");
  });
});

const source = {
  spec,
  weights: { theta: new Float32Array(4), state: new Float32Array(0) },
  label: "after 8 epochs",
  checkpoint: null,
};
const small = { ...defaultSettings.surface, alpha: { min: -1, max: 1, count: 9 }, beta: { min: -1, max: 1, count: 9 } };

function surfaceWith(options: FakeOptions): SurfaceStore {
  return createSurfaceStore({
    runner: () => createFakeRunner(options),
    backend: "auto",
    request: (at, view, signal) =>
      findRequest(at, view, signal, {
        spectrum: () => Promise.reject(new Error("No spectrum is needed.")),
        principal: () => Promise.reject(new Error("No path is needed.")),
      }),
    keep: async () => {},
  });
}

function settled(store: SurfaceStore): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!["complete", "cancelled", "failed"].includes(store.getState().status)) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = store.subscribe(check);
    check();
  });
}

describe("surface session", () => {
  it("streams every value", async () => {
    const store = surfaceWith(fast);
    store.getState().measure(source, small);
    expect(store.getState().status).toBe("queued");
    await settled(store);
    const { grid, status, report } = store.getState();
    expect(status).toBe("complete");
    expect(report!.evaluations).toBe(81);
    expect(grid!.measuredCount).toBe(81);
    expect(grid!.loss[3 * 9 + 5]).toBeCloseTo(exampleLoss(grid!.alpha[5], grid!.beta[3]), 12);
  });

  it("keeps the partial grid when cancelled, and goes on from it", async () => {
    const store = surfaceWith({ speed: 10 });
    store.getState().measure(source, small);
    await new Promise<void>((resolve) => {
      const unsubscribe = store.subscribe(({ grid }) => {
        if (!grid || grid.measuredCount < 12) return;
        unsubscribe();
        resolve();
      });
    });
    store.getState().cancel();
    await settled(store);
    const partial = store.getState();
    expect(partial.status).toBe("cancelled");
    expect(partial.grid!.measuredCount).toBeGreaterThanOrEqual(12);
    expect(partial.grid!.measuredCount).toBeLessThan(81);
    const before = partial.grid!.measuredCount;
    partial.measure(source, small);
    expect(store.getState().grid!.measuredCount).toBe(before);
    await settled(store);
    expect(store.getState().report!.evaluations).toBe(81 - before);
    expect(store.getState().grid!.measuredCount).toBe(81);
  });

  it("takes over common points for a finer grid, and nothing for another function", async () => {
    const store = surfaceWith(fast);
    store.getState().measure(source, small);
    await settled(store);
    const finer = { ...small, alpha: { ...small.alpha, count: 17 }, beta: { ...small.beta, count: 17 } };
    store.getState().measure(source, finer);
    expect(store.getState().grid!.measuredCount).toBe(81);
    await settled(store);
    expect(store.getState().report!.evaluations).toBe(17 * 17 - 81);
    store.getState().measure(source, { ...finer, normalization: "none" });
    expect(store.getState().grid!.measuredCount).toBe(0);
    await settled(store);
  });

  it("lets only the newest stream write", async () => {
    const store = surfaceWith({ speed: 30 });
    store.getState().measure(source, small);
    await vi.waitFor(() => expect(store.getState().status).toBe("running"));
    store.getState().measure(source, { ...small, normalization: "layer" });
    await settled(store);
    const { grid, report } = store.getState();
    expect(report!.request.normalization).toBe("layer");
    expect(grid!.loss[0]).toBeCloseTo(exampleLoss(-1.35, -1.35), 12);
  });

  it("measures a line as one row", async () => {
    const store = surfaceWith(fast);
    store.getState().measure(source, { ...small, y: null });
    await settled(store);
    expect(store.getState().grid).toMatchObject({ columns: 9, rows: 1, measuredCount: 9 });
  });
});
