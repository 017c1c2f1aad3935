/**
 * Keeps the run in the browser's storage: its record, its newest checkpoint, surface and curvature results. Saves follow one
 * another; of checkpoints that come faster than they can be written only the newest is.
 */
import type { ResultName, RunResults } from "../../experiment/measurements/list.ts";
import type { RunRecord, RunStatus } from "../../experiment/storage/run-record.ts";
import type { RunStore, StoredRun } from "../../experiment/storage/run-store.ts";
import type { Stored } from "../../experiment/storage/slots.ts";
import type { KeptResult } from "../../experiment/storage/stored-results.ts";
import type { KeptSurface } from "../../experiment/surface.ts";
import type { TrajectoryPoint } from "../../experiment/trajectory.ts";
import type { TrainingCheckpoint } from "../../jobs/training-jobs.ts";
import { messageOf } from "../kit/message-of.ts";
import { createPathKeeper } from "./path-keeper.ts";
import { createSaveQueue } from "./save-queue.ts";
import type { TrainingStatus } from "./training-store.ts";

export interface KeptRun {
  readonly record: RunRecord;
  readonly checkpoint: TrainingCheckpoint;
  readonly surface: KeptSurface | null;
  /** Results of the checkpoint's own weights; those of earlier ones stay in the store. */
  readonly results: Partial<RunResults>;
  /** Something that a person should know of what was read; null for nothing. */
  readonly warning: string | null;
}

export interface RunKeeper {
  /** The store itself, for pages that show what is kept. */
  readonly runs: Promise<RunStore>;
  /** `label` names a run that is kept for the first time; else its date does. */
  keepCheckpoint(runId: string, checkpoint: TrainingCheckpoint, status: TrainingStatus, label?: RunLabel): void;
  /** A point of the run's path; those from before its first checkpoint wait for it. */
  keepTrajectoryPoint(runId: string, point: TrajectoryPoint): void;
  /** What is recorded of a run, after everything given so far; null for nothing. */
  trajectoryOf(runId: string): Promise<Stored<readonly TrajectoryPoint[]> | null>;
  keepSurface(runId: string, surface: KeptSurface): void;
  keepResult<Name extends ResultName>(runId: string, name: Name, kept: KeptResult<Name>): void;
  /** The run saved last that has a checkpoint, leaving out some; or null. */
  latest(isLeftOut?: (runId: string) => boolean): Promise<KeptRun | null>;
  /** A run with what can be shown of it; null where it has no checkpoint. */
  read(runId: string): Promise<KeptRun | null>;
  /** Resolves when everything given so far is saved, or has failed. */
  saved(): Promise<void>;
  /** These runs are gone: nothing of them is to be saved any more, and what found no room before may find it now. */
  deleted(ids: readonly string[]): void;
  /** There may be room again for what is missing of the path that a run has recorded. */
  retryPath(runId: string, points: readonly TrajectoryPoint[]): void;
  /** What is kept of a run after everything given so far; null for nothing that can be read. */
  checkpointOf(runId: string): Promise<TrainingCheckpoint | null>;
  /** The records of all runs, by id. */
  records(): Promise<ReadonlyMap<string, RunRecord>>;
}

export interface RunLabel {
  readonly name: string;
  readonly tags: readonly string[];
}

const recordStatus: Readonly<Record<TrainingStatus, RunStatus>> = {
  idle: "training",
  starting: "training",
  running: "training",
  paused: "paused",
  stopping: "cancelled",
  stopped: "cancelled",
  complete: "complete",
  "non-finite": "non-finite",
  failed: "training",
};

const isEnded = (status: RunStatus): boolean =>
  status === "complete" || status === "cancelled" || status === "non-finite";

/** `onUnsaved`: whether leaving the page now would lose something; told when that changes. */
export function createRunKeeper(
  openRuns: () => Promise<RunStore>,
  onError: (error: unknown) => void,
  onUnsaved: (isUnsaved: boolean) => void = () => {},
): RunKeeper {
  const runs = openRuns();
  const saves = createSaveQueue({ failed: onError, unsaved: onUnsaved });
  const created = new Map<string, string>();
  const path = createPathKeeper(runs, saves, onError);

  return {
    runs,
    keepCheckpoint(runId, checkpoint, status, label) {
      if (!created.has(runId)) created.set(runId, new Date().toISOString());
      saves.add(`${runId} checkpoint`, async () => {
        const store = await runs;
        const { spec, epochs } = checkpoint;
        const since = created.get(runId) ?? "";
        const run = {
          id: runId,
          name: label?.name ?? since,
          tags: label?.tags.filter((tag) => tag !== "") ?? [],
          created: since,
          spec,
          status: recordStatus[status],
          epochs,
        };
        const hasEnded = isEnded(run.status);
        // The record says that a run has ended only once its last state is kept.
        await store.putRun({ ...run, status: hasEnded ? "training" : run.status });
        path.recordKept(runId);
        path.gaveWay(runId, await store.putCheckpoint(runId, checkpoint));
        if (hasEnded) await store.putRun(run);
      });
      path.follow(runId);
    },
    keepTrajectoryPoint: path.add,
    retryPath: path.retry,
    async trajectoryOf(runId) {
      await saves.settled();
      return (await runs).getTrajectory(runId);
    },
    keepSurface(runId, surface) {
      saves.add(`${runId} surface`, async () => path.gaveWay(runId, await (await runs).putSurface(runId, surface)));
    },
    keepResult(runId, name, kept) {
      saves.add(`${runId} ${name}`, async () => path.gaveWay(runId, await (await runs).putResult(runId, name, kept)));
    },
    saved: saves.settled,
    deleted(ids) {
      path.forget(ids);
      saves.forget((key) => ids.some((id) => key.startsWith(`${id} `)));
      saves.retry();
    },
    async checkpointOf(runId) {
      await saves.settled();
      const store = await runs;
      return store.getCheckpoint(runId).then(
        (found) => found?.value ?? null,
        () => null,
      );
    },
    async records() {
      const found = (await (await runs).listRuns()).runs.map(({ record }) => record);
      for (const { id, created: since } of found) created.set(id, since);
      return new Map(found.map((record) => [record.id, record]));
    },
    async read(runId) {
      const store = await runs;
      const found = (await store.listRuns()).runs.find(({ record }) => record.id === runId);
      if (!found) return null;
      created.set(runId, found.record.created);
      return readRun(store, found);
    },
    async latest(isLeftOut = () => false) {
      const store = await runs;
      const found = (await store.listRuns()).runs.find(
        ({ record, hasCheckpoint }) => hasCheckpoint && !isLeftOut(record.id),
      );
      if (!found) return null;
      created.set(found.record.id, found.record.created);
      return readRun(store, found);
    },
  };
}

/** Null where there is no checkpoint. */
async function readRun(store: RunStore, found: StoredRun): Promise<KeptRun | null> {
  const { hasSurface, results: names } = found;
  const checkpoint = await store.getCheckpoint(found.record.id);
  if (!checkpoint) return null;
  const record = await mendRecord(store, found.record, checkpoint.value);
  const surface = hasSurface ? await store.getSurface(record.id) : null;
  const results: Partial<RunResults> = {};
  const faults: string[] = [];
  for (const name of names) {
    try {
      const kept = await store.getResult(record.id, name);
      if (kept?.value.step === checkpoint.value.step) Object.assign(results, { [name]: kept.value.result });
    } catch (error) {
      faults.push(messageOf(error));
    }
  }
  return {
    record,
    checkpoint: checkpoint.value,
    surface: surface?.value ?? null,
    results,
    warning: checkpoint.warning ?? surface?.warning ?? faults[0] ?? null,
  };
}

/** A page that went between the last save of a run and the note of it left a record that says less than the checkpoint. */
async function mendRecord(store: RunStore, record: RunRecord, { epochs }: TrainingCheckpoint): Promise<RunRecord> {
  if (record.status !== "training" || epochs.length < record.spec.training.epochs) return record;
  const mended: RunRecord = { ...record, status: "complete", epochs };
  await store.putRun(mended).catch(() => undefined);
  return mended;
}
