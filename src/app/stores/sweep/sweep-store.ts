/**
 * A sweep as the page sees it: its runs, trained one after another by the `train` job, each kept as a run of its own. A run
 * that fails or whose loss is not finite does not stop the others. What is finished is never trained again; what was cut
 * off goes on from its last kept checkpoint.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { RunStatus } from "../../../experiment/storage/run-record.ts";
import type { Sweep } from "../../../experiment/sweep.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobHandle, JobRunner } from "../../../jobs/jobs.ts";
import type { TrainEvent } from "../../../jobs/training-jobs.ts";
import { messageOf } from "../../kit/message-of.ts";
import type { RunKeeper } from "../run-keeper.ts";
import { sweepLock, type TabLocks, trainingLock, trainsElsewhere } from "../tab-locks.ts";
import type { TrainingStatus } from "../training-store.ts";
import { canRetry, isOpen, isTraining, newItems, type SweepItem, type SweepRunStatus } from "./item.ts";
import type { SweepMemory } from "./memory.ts";

/** `interrupted`: it was cut off by the end of a visit, and can go on. `elsewhere`: another tab trains it. */
export type SweepStatus = "none" | "running" | "stopping" | "interrupted" | "elsewhere" | "ended";

export interface SweepState {
  readonly status: SweepStatus;
  readonly sweep: Sweep | null;
  readonly items: readonly SweepItem[];
  /** Why it does not go on, for people. */
  readonly message: string | null;
  /** `flops`: the work of each run, where it is known. */
  start(sweep: Sweep, flops: readonly number[] | null): Promise<void>;
  /** Goes on where an earlier visit ended. */
  resume(): Promise<void>;
  /** Stops the run that trains, at a checkpoint, and takes back those that wait. */
  cancel(): void;
  /** Has the state of the run that trains kept now. */
  checkpointNow(): void;
  /** The same as `cancel` for one run. */
  skip(index: number): void;
  /** Puts a cancelled or failed run back into the queue. */
  retry(index: number): Promise<void>;
  retryAll(): Promise<void>;
  /** Forgets a sweep that is not running; its runs stay. */
  discard(): void;
  /** Shows what an earlier visit left, or what another tab does. Rejects with what is wrong with it. */
  restore(): Promise<void>;
}

export type SweepStore = StoreApi<SweepState>;

export interface SweepServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly keeper: Pick<RunKeeper, "keepCheckpoint" | "keepTrajectoryPoint" | "saved" | "checkpointOf" | "records">;
  readonly memory: SweepMemory;
  readonly locks: Pick<TabLocks, "hold" | "elsewhere">;
  readonly newRunId: () => string;
  readonly onError: (error: unknown) => void;
}

export const isSweeping = ({ status }: Pick<SweepState, "status">): boolean =>
  status === "running" || status === "stopping";

const elsewhere = "Another tab of this browser trains a sweep. Wait for it to end, or cancel it there.";

export function createSweepStore(services: SweepServices): SweepStore {
  const { runner, backend, keeper, memory, locks, newRunId, onError } = services;
  return createStore<SweepState>((set, get) => {
    let handle: JobHandle<"train"> | null = null;

    const remember = () => {
      const { sweep, items } = get();
      try {
        memory.save(sweep && { sweep, items });
      } catch (error) {
        onError(error);
      }
    };
    const patch = (index: number, changes: Partial<SweepItem>) => {
      set({ items: get().items.map((item) => (item.run.index === index ? { ...item, ...changes } : item)) });
      if (changes.status) remember();
    };

    /** Once nothing waits, what the current run has compiled serves no other. */
    const releaseIfLast = () => {
      if (!get().items.some(({ status }) => status === "waiting")) handle?.control({ kind: "release" });
    };

    const onEvent = ({ run: { index, name }, runId }: SweepItem, event: TrainEvent) => {
      if (event.kind === "started") {
        const flop = get().items[index].flop ?? (event.cost.totalFlop || null);
        patch(index, { status: "running", flop });
      }
      if (event.kind === "progress") {
        const { kind: _kind, batchLosses, firstLossStep: _first, ...progress } = event;
        patch(index, { progress, batchLoss: batchLosses.at(-1) ?? get().items[index].batchLoss });
      }
      if (event.kind === "epoch") patch(index, { epochs: [...get().items[index].epochs, event.metrics] });
      if (event.kind === "recorded") keeper.keepTrajectoryPoint(runId, event.point);
      if (event.kind === "checkpoint") keep(runId, name, event.checkpoint, "running");
    };
    const keep = (
      runId: string,
      name: string,
      checkpoint: Parameters<RunKeeper["keepCheckpoint"]>[1],
      status: TrainingStatus,
    ) => keeper.keepCheckpoint(runId, checkpoint, status, { name, tags: [get().sweep?.name ?? ""] });

    const train = async (item: SweepItem) => {
      const { index, spec, name } = item.run;
      patch(index, { status: "starting", message: null, progress: null });
      let release: (() => void) | null = null;
      try {
        release = await locks.hold(trainingLock(item.runId));
        if (!release) throw new Error(trainsElsewhere);
        const resume = await keeper.checkpointOf(item.runId);
        patch(index, { epochs: resume?.epochs ?? [] });
        if (!isTraining(get().items[index])) return;
        const sharesPrograms = get().items.some(({ status }) => status === "waiting");
        const params = { runId: item.runId, spec, backend, sharesPrograms, ...(resume ? { resume } : {}) };
        handle = runner().start("train", params);
        for await (const event of handle.events) onEvent(item, event);
        const { status, checkpoint, message } = await handle.result;
        keep(item.runId, name, checkpoint, status === "cancelled" ? "stopped" : status);
        await keeper.saved();
        patch(index, { status, message: message ?? null, progress: null, batchLoss: null, epochs: checkpoint.epochs });
      } catch (error) {
        patch(index, { status: "failed", progress: null, message: messageOf(error) });
      } finally {
        handle = null;
        release?.();
      }
    };

    /** Trains all that wait after `prepare`; not while another tab trains a sweep. */
    const work = async (prepare: () => Partial<SweepState> = () => ({})) => {
      const before = get().status;
      if (isSweeping(get())) return;
      set({ status: "running", message: null });
      const release = await locks.hold(sweepLock).catch(messageOf);
      if (typeof release !== "function") {
        set({ status: before, message: release ?? elsewhere });
        return;
      }
      set(prepare());
      remember();
      for (;;) {
        const next = get().items.find(({ status }) => status === "waiting");
        if (!next) break;
        await train(next);
      }
      set({ status: "ended" });
      release();
    };
    const requeue = (accept: (item: SweepItem) => boolean): Promise<void> => {
      const queued = () => ({
        items: get().items.map(
          (item): SweepItem => (accept(item) && canRetry(item) ? { ...item, status: "waiting", message: null } : item),
        ),
      });
      if (get().status !== "running") return work(queued);
      set(queued());
      remember();
      return Promise.resolve();
    };

    return {
      status: "none",
      sweep: null,
      items: [],
      message: null,
      start: (sweep, flops) => work(() => ({ sweep, items: newItems(sweep, newRunId, flops) })),
      resume: () => work(),
      cancel() {
        if (get().status !== "running") return;
        set({
          status: "stopping",
          items: get().items.map((item) => (item.status === "waiting" ? { ...item, status: "cancelled" } : item)),
        });
        releaseIfLast();
        const current = get().items.find(isTraining);
        if (current) get().skip(current.run.index);
        remember();
      },
      checkpointNow: () => handle?.control({ kind: "checkpoint" }),
      skip(index) {
        const item = get().items[index];
        if (!isOpen(item)) return;
        if (isTraining(item) && handle) handle.cancel();
        else {
          patch(index, { status: "cancelled" });
          releaseIfLast();
        }
      },
      retry: (index) => requeue(({ run }) => run.index === index),
      retryAll: () => requeue(() => true),
      discard() {
        if (isSweeping(get()) || get().status === "elsewhere") return;
        set({ status: "none", sweep: null, items: [], message: null });
        remember();
      },
      async restore() {
        if (isSweeping(get())) return;
        const kept = memory.load();
        const records = kept ? await keeper.records() : new Map();
        if (isSweeping(get())) return;
        if (!kept) {
          set({ status: "none", sweep: null, items: [], message: null });
          return;
        }
        const isElsewhere = locks.elsewhere.getState().names.has(sweepLock);
        const items = kept.items.map((item) => {
          const record = records.get(item.runId);
          const status = isElsewhere ? item.status : statusAfter(item, record?.status);
          return { ...item, status, epochs: record?.epochs ?? [] };
        });
        set({ ...kept, items, status: isElsewhere ? "elsewhere" : items.some(isOpen) ? "interrupted" : "ended" });
      },
    };
  });
}

/** Where a run of a sweep stands once nobody trains it, by what is kept of it. */
function statusAfter(item: SweepItem, record: RunStatus | undefined): SweepRunStatus {
  if (record === "complete" || record === "non-finite") return record;
  // Done, but its last save did not come through.
  const isLost = item.status === "complete" && record === "training";
  return isTraining(item) || isLost ? "waiting" : item.status;
}
