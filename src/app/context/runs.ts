/** State of the Runs page: the list of what is kept, and the question about runs that come in with other content. */
import { createContext } from "react";
import { type ConflictStore, createConflictStore } from "../stores/conflict-store.ts";
import { createRunsStore, type RunsStore } from "../stores/runs-store.ts";
import { browserStorage } from "../stores/storage-device.ts";
import type { SessionStores } from "./session.ts";
import { useStoresOf } from "./use-stores-of.ts";

export interface RunsPageStores {
  readonly runs: RunsStore;
  readonly conflicts: ConflictStore;
}

export function createRunsPageStores({ keeper, placeOf }: Pick<SessionStores, "keeper" | "placeOf">): RunsPageStores {
  return {
    runs: createRunsStore(keeper.runs, browserStorage, {
      onDeleted: keeper.deleted,
      isTraining: (runId) => placeOf(runId) !== null,
    }),
    conflicts: createConflictStore(),
  };
}

const context = createContext<RunsPageStores | null>(null);
export const RunsProvider = context.Provider;
export const useRuns = (): RunsPageStores => useStoresOf(context, "the Runs page");
