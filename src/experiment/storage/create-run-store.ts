/** Opens the browser's store of runs: files in OPFS, else in IndexedDB; the index is in IndexedDB. */
import type { FileArea } from "./file-area.ts";
import { indexedDbFiles } from "./indexeddb-files.ts";
import { openKeptRuns } from "./kept-runs.ts";
import { openOpfsFiles } from "./opfs-files.ts";
import { openRunDatabase } from "./run-database.ts";
import type { RunStore } from "./run-store.ts";
import { refused } from "./storage-faults.ts";

export interface RunStoreOptions {
  readonly databaseName?: string;
  /** Where files go; null for IndexedDB. */
  readonly openFiles?: () => Promise<FileArea | null>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Never rejects because of the browser: without storage the store is `unavailable` and says why. */
export async function createRunStore(options: RunStoreOptions = {}): Promise<RunStore> {
  const { databaseName = "basin-runs", openFiles = openOpfsFiles, now = Date.now } = options;
  if (typeof indexedDB === "undefined") return unavailableStore("This browser has no IndexedDB.");
  try {
    const database = await openRunDatabase(databaseName);
    const files = (await openFiles()) ?? indexedDbFiles(database);
    return openKeptRuns({ database, files, now });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return unavailableStore(`The browser refuses to keep data (${error.name}: ${error.message}).`);
  }
}

function unavailableStore(reason: string): RunStore {
  const refuse = () =>
    Promise.reject(
      refused(reason, "Allow this site to keep data, or leave the private window; results can be downloaded as files."),
    );
  return {
    kind: "unavailable",
    unavailableReason: reason,
    listRuns: async () => ({ runs: [], damaged: [] }),
    putRun: refuse,
    labelRun: refuse,
    putCheckpoint: refuse,
    getCheckpoint: async () => null,
    putSurface: refuse,
    getSurface: async () => null,
    putResult: refuse,
    getResult: async () => null,
    putTrajectoryPoint: refuse,
    getTrajectory: async () => null,
    deleteRun: refuse,
    close: () => undefined,
  };
}
