/** The list of the runs kept in this browser, what a person does with it, and how much room it takes. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { RunLabels } from "../../experiment/run-labels.ts";
import { onRunChange } from "../../experiment/storage/run-changes.ts";
import type { DamagedRun, RunStore, StoredRun } from "../../experiment/storage/run-store.ts";
import { messageOf } from "../kit/message-of.ts";

export interface StorageUse {
  readonly usedBytes: number;
  readonly leftBytes: number;
  /** The browser will not clear it by itself. */
  readonly persisted: boolean;
}

/** What a browser tells of its storage, as far as it tells. */
export interface StorageDevice {
  use(): Promise<StorageUse | null>;
  /** Asks for storage that is not cleared; the browser decides, some by asking the person. */
  persist(): Promise<boolean>;
}

export interface RunsState {
  readonly status: "idle" | "reading" | "ready" | "failed";
  readonly message: string | null;
  /** Why nothing can be kept here; null where it can. */
  readonly unavailableReason: string | null;
  /** The one saved last first. */
  readonly runs: readonly StoredRun[];
  readonly damaged: readonly DamagedRun[];
  /** Taken off the list, and deleted when that can no longer be undone. */
  readonly removed: ReadonlySet<string>;
  readonly storage: StorageUse | null;
  refresh(): Promise<void>;
  /** Reads the list anew whenever a run changes, in this tab or another. Returns the way to stop. */
  watch(): () => void;
  label(runId: string, labels: Partial<RunLabels>): Promise<void>;
  /** Resolves when the labels given so far are stored, or could not be: what is read from the store then has them. */
  labelled(): Promise<void>;
  /** Takes runs off the list; nothing is deleted yet. */
  remove(ids: readonly string[]): void;
  undoRemoval(ids: readonly string[]): void;
  /** Deletes those of them that were removed and not brought back; what trains by now comes back. */
  finishRemoval(ids: readonly string[]): Promise<void>;
  persist(): Promise<boolean>;
}

export type RunsStore = StoreApi<RunsState>;

const settleMs = 150;

export interface RunsOptions {
  /** These runs are gone, and their room is free. */
  readonly onDeleted?: (ids: readonly string[]) => void;
  /** Whether it trains, in this tab or another: then it is not deleted. */
  readonly isTraining?: (runId: string) => boolean;
}

export function createRunsStore(
  opened: Promise<RunStore>,
  device: StorageDevice,
  { onDeleted = () => {}, isTraining = () => false }: RunsOptions = {},
): RunsStore {
  let stored: Promise<unknown> = Promise.resolve();
  return createStore<RunsState>((set, get) => ({
    status: "idle",
    message: null,
    unavailableReason: null,
    runs: [],
    damaged: [],
    removed: new Set(),
    storage: null,
    async refresh() {
      if (get().status === "idle") set({ status: "reading" });
      try {
        const store = await opened;
        const [list, storage] = await Promise.all([store.listRuns(), device.use()]);
        const { unavailableReason } = store;
        const runs = keepEqual(get().runs, list.runs);
        set({ status: "ready", message: null, unavailableReason, runs, damaged: list.damaged, storage });
      } catch (error) {
        set({ status: "failed", message: messageOf(error) });
      }
    },
    watch() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = onRunChange(() => {
        clearTimeout(timer);
        timer = setTimeout(() => void get().refresh(), settleMs);
      });
      void get().refresh();
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
    async label(runId, labels) {
      const runs = get().runs.map((run) =>
        run.record.id === runId ? { ...run, record: { ...run.record, ...labels } } : run,
      );
      set({ runs });
      try {
        const storing = opened.then((store) => store.labelRun(runId, labels));
        stored = Promise.allSettled([stored, storing]);
        await storing;
      } catch (error) {
        await get().refresh();
        throw error;
      }
    },
    async labelled() {
      await stored;
    },
    remove: (ids) => set({ removed: new Set([...get().removed, ...ids]) }),
    undoRemoval: (ids) => set({ removed: new Set([...get().removed].filter((id) => !ids.includes(id))) }),
    async finishRemoval(ids) {
      const removed = ids.filter((id) => get().removed.has(id));
      const doomed = removed.filter((id) => !isTraining(id));
      const store = await opened;
      try {
        for (const id of doomed) await store.deleteRun(id);
        onDeleted(doomed);
      } finally {
        await get().refresh();
        get().undoRemoval(removed);
      }
    },
    async persist() {
      const granted = await device.persist();
      set({ storage: await device.use() });
      return granted;
    },
  }));
}

/** The runs as they are now; those that are as before are the same objects, so that their rows need no drawing. */
function keepEqual(before: readonly StoredRun[], now: readonly StoredRun[]): readonly StoredRun[] {
  const known = new Map(before.map((run) => [run.record.id, run]));
  return now.map((run) => {
    const old = known.get(run.record.id);
    return old && signature(old) === signature(run) ? old : run;
  });
}

const signature = ({ record, savedAt, bytes }: StoredRun): string =>
  JSON.stringify([savedAt, bytes, record.name, record.colour, record.note, record.tags, record.status]);
