/** The runs kept in this browser, those chosen for comparison, and what has been read of these. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ResultName, RunResults } from "../../../experiment/measurements/list.ts";
import type { RunRecord } from "../../../experiment/storage/run-record.ts";
import type { RunStore, StoredRun } from "../../../experiment/storage/run-store.ts";
import type { KeptSurface } from "../../../experiment/surface.ts";
import { messageOf } from "../../kit/message-of.ts";
import { sourceOf } from "../current-weights.ts";
import { mostRuns } from "../settings/compare-settings.ts";
import type { SurfaceSource } from "../surface-source.ts";

/** A run with its weights loaded. */
export interface LoadedRun {
  readonly record: RunRecord;
  /** Its newest weights. */
  readonly source: SurfaceSource & { readonly checkpoint: { readonly runId: string; readonly step: number } };
  /** ‖θ‖ */
  readonly norm: number;
  /** The surface kept around these very weights; null for none. */
  readonly surface: KeptSurface | null;
}

export type RunReading =
  | { readonly status: "reading" }
  | { readonly status: "ready"; readonly run: LoadedRun }
  | { readonly status: "failed"; readonly message: string };

export interface CompareRunsState {
  readonly status: "idle" | "reading" | "ready" | "failed";
  readonly message: string | null;
  /** Those with weights, the one saved last first. */
  readonly runs: readonly StoredRun[];
  /** Ids in the order of the panes. */
  readonly chosen: readonly string[];
  /** Ids that were chosen, by a link perhaps, and are not kept here. */
  readonly missing: readonly string[];
  readonly readings: Readonly<Record<string, RunReading>>;
  /** Looks again at what is kept; runs whose weights have changed are read anew. Chooses some while nobody has. */
  refresh(): Promise<void>;
  /** Chooses at most six runs; those not read yet are read. Null chooses the newest. */
  choose(ids: readonly string[] | null): void;
  /** A result kept of exactly the run's newest weights; null for none. Rejects when it can't be read. */
  keptResult<Name extends ResultName>(run: LoadedRun, name: Name): Promise<RunResults[Name] | null>;
}

export type CompareRunsStore = StoreApi<CompareRunsState>;

/** Where the choice is remembered: null while nobody has chosen. */
export interface RunChoice {
  readonly get: () => readonly string[] | null;
  readonly set: (ids: readonly string[] | null) => void;
  /** Hears of a choice made elsewhere: by undo, by a link. */
  readonly subscribe: (onChange: () => void) => void;
}

export function createCompareRuns(opened: Promise<RunStore>, choice: RunChoice): CompareRunsStore {
  return createStore<CompareRunsState>((set, get) => {
    const put = (id: string, reading: RunReading) => set({ readings: { ...get().readings, [id]: reading } });

    /** One after the other: weights are large, and so is what is read beside them. */
    let queue: Promise<void> = Promise.resolve();
    const read = (id: string) => {
      put(id, { status: "reading" });
      queue = queue.then(async () => {
        const record = get().runs.find((run) => run.record.id === id)?.record;
        if (!record || !get().chosen.includes(id)) return;
        try {
          put(id, { status: "ready", run: await readRun(await opened, record) });
        } catch (error) {
          put(id, { status: "failed", message: messageOf(error) });
        }
      });
    };

    const take = (ids: readonly string[]) => {
      const chosen = ids.slice(0, mostRuns);
      const { readings } = get();
      set({ chosen, readings: Object.fromEntries(Object.entries(readings).filter(([id]) => chosen.includes(id))) });
      for (const id of chosen) if (!get().readings[id]) read(id);
    };

    /** Takes those of the chosen runs that are kept here. */
    const follow = () => {
      if (get().status !== "ready") return;
      const { runs } = get();
      const wanted = choice.get();
      const isKept = (id: string) => runs.some(({ record }) => record.id === id);
      set({ missing: wanted?.filter((id) => !isKept(id)) ?? [] });
      take(wanted?.filter(isKept) ?? defaultChoice(runs));
    };
    choice.subscribe(follow);

    return {
      status: "idle",
      message: null,
      runs: [],
      chosen: [],
      missing: [],
      readings: {},
      async refresh() {
        if (get().status === "idle") set({ status: "reading" });
        try {
          const listed = (await (await opened).listRuns()).runs.filter(({ hasCheckpoint }) => hasCheckpoint);
          const before = new Map(get().runs.map(({ record, savedAt }) => [record.id, savedAt]));
          set({ status: "ready", message: null, runs: listed });
          const changed = listed.filter(({ record: { id }, savedAt }) => (before.get(id) ?? savedAt) !== savedAt);
          for (const { record } of changed)
            if (await isStale(await opened, get().readings[record.id])) forget(record.id);
          follow();
        } catch (error) {
          set({ status: "failed", message: messageOf(error) });
        }
      },
      choose(ids) {
        choice.set(ids?.slice(0, mostRuns) ?? null);
      },
      async keptResult(run, name) {
        const { runId, step } = run.source.checkpoint;
        const kept = await (await opened).getResult(runId, name);
        return kept?.value.step === step ? kept.value.result : null;
      },
    };

    function forget(id: string): void {
      const { [id]: _stale, ...readings } = get().readings;
      set({ readings });
    }
  });
}

async function readRun(store: RunStore, record: RunRecord): Promise<LoadedRun> {
  const kept = await store.getCheckpoint(record.id);
  if (!kept) throw new Error("Its weights are no longer kept here.");
  const { spec, weights, step, epochs } = kept.value;
  const source = sourceOf(
    { spec, weights, step, epochs, moments: [], batchLosses: new Float32Array(0) },
    record.id,
    null,
  );
  const surface = (await store.getSurface(record.id))?.value ?? null;
  return {
    record: { ...record, epochs },
    source: { ...source, checkpoint: { runId: record.id, step } },
    norm: Math.sqrt(weights.theta.reduce((sum, value) => sum + value * value, 0)),
    surface: surface?.step === step ? surface : null,
  };
}

/** Results and surfaces kept with a run count as saves too; only other weights make what was read stale. */
async function isStale(store: RunStore, reading: RunReading | undefined): Promise<boolean> {
  if (reading?.status !== "ready") return reading?.status === "failed";
  const { runId, step } = reading.run.source.checkpoint;
  return (await store.getCheckpoint(runId))?.value.step !== step;
}

/** The newest finished runs of the newest one's model, the oldest first; of others too when there are not two of it. */
export function defaultChoice(runs: readonly StoredRun[]): readonly string[] {
  const finished = runs.filter(({ record }) => record.status === "complete");
  const shapeOf = ({ record }: StoredRun) => JSON.stringify(record.spec.model);
  const alike = finished.filter((run) => shapeOf(run) === shapeOf(finished[0]));
  const pick = alike.length >= 2 ? alike : finished.length >= 2 ? finished : runs;
  const newest = pick.slice(0, alike.length >= 2 ? mostRuns : 2).map(({ record }) => record);
  return newest.sort((a, b) => a.created.localeCompare(b.created)).map(({ id }) => id);
}
