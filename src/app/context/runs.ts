/** State of the Runs page: the list of what is kept, and the question about runs that come in with other content. */
import { createContext } from "react";
import { type ConflictStore, createConflictStore } from "../stores/conflict-store.ts";
import { createRunsStore, type RunsStore } from "../stores/runs-store.ts";
import { browserStorage } from "../stores/storage-device.ts";
import { createUndo } from "../stores/undo.ts";
import type { SessionStores } from "./session.ts";
import { useStoresOf } from "./use-stores-of.ts";

export interface RunsPageStores {
  readonly runs: RunsStore;
  readonly conflicts: ConflictStore;
  /** Undoes what was done last: a removal of runs, or the change of a setting. */
  readonly undo: () => void;
}

export function createRunsPageStores({
  keeper,
  trajectory,
  placeOf,
  settings,
}: Pick<SessionStores, "keeper" | "trajectory" | "placeOf" | "settings">): RunsPageStores {
  const runs = createRunsStore(keeper.runs, browserStorage, {
    onDeleted(ids) {
      keeper.deleted(ids);
      const { runId, points } = trajectory.getState();
      if (runId !== null) keeper.retryPath(runId, points);
    },
    isTraining: (runId) => placeOf(runId) !== null,
  });
  return { runs, conflicts: createConflictStore(), undo: createUndo(settings, runs) };
}

const context = createContext<RunsPageStores | null>(null);
export const RunsProvider = context.Provider;
export const useRuns = (): RunsPageStores => useStoresOf(context, "the Runs page");
