/**
 * One training run as the page sees it: a state machine over the `train` job's events. Checkpoints are handed to
 * `keep`, which stores them. The run's spec is fixed when it starts; changing the settings afterwards does not touch it.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { EpochMetrics } from "../../experiment/metrics.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { TrajectoryPoint } from "../../experiment/trajectory.ts";
import type { BackendChoice, CostEstimate } from "../../jobs/device-jobs.ts";
import type { JobHandle, JobRunner } from "../../jobs/jobs.ts";
import type { TrainEvent, TrainingCheckpoint, TrainResult } from "../../jobs/training-jobs.ts";
import { messageOf } from "../kit/message-of.ts";
import { LossRecord } from "./loss-record.ts";
import { trainsElsewhere } from "./tab-locks.ts";

export type TrainingStatus =
  | "idle"
  | "starting"
  | "running"
  | "paused"
  | "stopping"
  | "stopped"
  | "complete"
  | "non-finite"
  | "failed";

export type TrainProgress = Omit<Extract<TrainEvent, { kind: "progress" }>, "kind" | "batchLosses" | "firstLossStep">;

export interface TrainingState {
  readonly status: TrainingStatus;
  readonly runId: string | null;
  readonly spec: Spec | null;
  readonly backend: string | null;
  readonly cost: CostEstimate | null;
  readonly steps: number;
  readonly progress: TrainProgress | null;
  readonly epochs: readonly EpochMetrics[];
  readonly checkpoint: TrainingCheckpoint | null;
  /** Where the weights came from when they were not trained here: "from weights.safetensors". */
  readonly origin: string | null;
  /** What went wrong, for people. */
  readonly message: string | null;
  readonly losses: LossRecord;
  start(spec: Spec): void;
  /** Goes on from the current checkpoint. */
  resume(): void;
  /** Puts a kept or loaded state on the page, to be resumed unless it is complete. */
  adopt(adopted: AdoptedRun): void;
  pause(): void;
  unpause(): void;
  step(): void;
  /** Has the state of a run that goes on kept now. */
  checkpointNow(): void;
  /** Stops and keeps the last state; resolves when the worker is free. */
  stop(): Promise<void>;
}

export type TrainingStore = StoreApi<TrainingState>;

export interface AdoptedRun {
  /** Null gives it a new one. */
  readonly runId: string | null;
  readonly checkpoint: TrainingCheckpoint;
  /** A stopped one can be resumed; one whose loss was not finite would only fail again. */
  readonly status: "stopped" | "complete" | "non-finite";
  readonly origin: string | null;
}

export interface TrainingServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  /** Resolves when it is kept, or cannot be. */
  readonly keep: (runId: string, checkpoint: TrainingCheckpoint, status: TrainingStatus) => Promise<void>;
  /** A point of the path, as it comes. */
  readonly record?: (runId: string, point: TrajectoryPoint) => void;
  readonly newRunId: () => string;
  /** Keeps other tabs from training this run; null where one of them does. */
  readonly hold?: (runId: string) => Promise<(() => void) | null>;
  /** Something else trains: nothing starts or goes on meanwhile. */
  readonly isTaken?: () => boolean;
}

export const isBusy = (status: TrainingStatus) =>
  status === "starting" || status === "running" || status === "paused" || status === "stopping";

export function createTrainingStore({
  runner,
  backend,
  keep,
  record = () => {},
  newRunId,
  hold = async () => () => {},
  isTaken = () => false,
}: TrainingServices): TrainingStore {
  return createStore<TrainingState>((set, get) => {
    let handle: JobHandle<"train"> | null = null;
    let finished: Promise<void> = Promise.resolve();
    let isStopAsked = false;

    const onEvent = (event: TrainEvent) => {
      switch (event.kind) {
        case "started":
          set({ status: "running", backend: event.backend, cost: event.cost, steps: event.steps });
          break;
        case "progress": {
          const { kind: _kind, batchLosses, firstLossStep, ...progress } = event;
          get().losses.write(firstLossStep, batchLosses);
          const status = get().status;
          const next = status === "stopping" ? status : event.paused ? "paused" : "running";
          set({ progress, status: next });
          break;
        }
        case "epoch":
          set({ epochs: [...get().epochs, event.metrics] });
          break;
        case "recorded": {
          const { runId } = get();
          if (runId) record(runId, event.point);
          break;
        }
        case "checkpoint":
          acceptCheckpoint(event.checkpoint);
          break;
      }
    };

    const acceptCheckpoint = (checkpoint: TrainingCheckpoint) => {
      set({ checkpoint });
      const { runId, status } = get();
      if (runId) void keep(runId, checkpoint, status);
    };

    /** The run has ended for the page once it is kept: whoever sees it complete may leave. */
    const onResult = async ({ status: outcome, checkpoint, message }: TrainResult) => {
      const status = outcome === "cancelled" ? "stopped" : outcome;
      const { runId } = get();
      if (runId) await keep(runId, checkpoint, status);
      get().losses.reset(checkpoint.batchLosses);
      set({ status, message: message ?? null, checkpoint, epochs: checkpoint.epochs });
    };

    const run = async (spec: Spec, runId: string, resume?: TrainingCheckpoint) => {
      isStopAsked = false;
      let current: JobHandle<"train"> | null = null;
      let release: (() => void) | null = null;
      try {
        release = await hold(runId);
        if (!release) throw new Error(trainsElsewhere);
        if (isStopAsked) {
          set({ status: resume ? "stopped" : "idle" });
          return;
        }
        current = runner().start("train", { runId, spec, backend, ...(resume ? { resume } : {}) });
        handle = current;
        for await (const event of current.events) onEvent(event);
        await onResult(await current.result);
      } catch (error) {
        set({ status: "failed", message: messageOf(error) });
      } finally {
        if (handle === current) handle = null;
        release?.();
      }
    };

    return {
      status: "idle",
      runId: null,
      spec: null,
      backend: null,
      cost: null,
      steps: 0,
      progress: null,
      epochs: [],
      checkpoint: null,
      origin: null,
      message: null,
      losses: new LossRecord(),
      start(spec) {
        if (isBusy(get().status) || isTaken()) return;
        const runId = newRunId();
        get().losses.reset();
        set({
          status: "starting",
          runId,
          spec,
          progress: null,
          epochs: [],
          checkpoint: null,
          origin: null,
          message: null,
          cost: null,
        });
        finished = run(spec, runId);
      },
      resume() {
        const { checkpoint, runId, status } = get();
        if (!checkpoint || !runId || isBusy(status) || isTaken()) return;
        get().losses.reset(checkpoint.batchLosses);
        set({ status: "starting", spec: checkpoint.spec, epochs: checkpoint.epochs, message: null });
        finished = run(checkpoint.spec, runId, checkpoint);
      },
      adopt({ runId, checkpoint, status, origin }) {
        if (isBusy(get().status)) return;
        const { spec, epochs, batchLosses } = checkpoint;
        get().losses.reset(batchLosses);
        set({
          status,
          runId: runId ?? newRunId(),
          spec,
          checkpoint,
          epochs,
          origin,
          steps: 0,
          progress: null,
          message: status === "non-finite" ? `The last good state is after step ${checkpoint.step}.` : null,
        });
      },
      pause: () => handle?.control({ kind: "pause" }),
      unpause: () => handle?.control({ kind: "resume" }),
      step: () => handle?.control({ kind: "step" }),
      checkpointNow: () => handle?.control({ kind: "checkpoint" }),
      stop() {
        if (isBusy(get().status)) {
          set({ status: "stopping" });
          isStopAsked = true;
          handle?.cancel();
        }
        return finished;
      },
    };
  });
}
