/** The question what to do with imported runs that are here already with other content. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConflictChoice, Decide, RunConflict } from "./run-conflict.ts";

export interface ConflictState {
  /** Empty while nothing is asked. */
  readonly conflicts: readonly RunConflict[];
  readonly ask: Decide;
  /** Null takes the import back. */
  answer(choices: ReadonlyMap<string, ConflictChoice> | null): void;
}

export type ConflictStore = StoreApi<ConflictState>;

export function createConflictStore(): ConflictStore {
  return createStore<ConflictState>((set) => {
    let settle: ConflictState["answer"] = () => {};
    return {
      conflicts: [],
      ask(conflicts) {
        settle(null);
        set({ conflicts });
        return new Promise((resolve) => {
          settle = resolve;
        });
      },
      answer(choices) {
        set({ conflicts: [] });
        settle(choices);
      },
    };
  });
}
