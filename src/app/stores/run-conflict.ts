/** An imported run that is here already with other content, and what a person may do with it. */
import type { RunContent } from "../../experiment/run-folder.ts";
import type { StoredRun } from "../../experiment/storage/run-store.ts";

export interface RunConflict {
  readonly mine: StoredRun;
  readonly theirs: RunContent;
  /** What differs, in words. */
  readonly differs: readonly string[];
  /** Why mine can't be replaced now; null where it can. */
  readonly fixed: string | null;
}

export const conflictChoices = ["skip", "replace", "both"] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

/** A choice by run id; null imports nothing. */
export type Decide = (conflicts: readonly RunConflict[]) => Promise<ReadonlyMap<string, ConflictChoice> | null>;
