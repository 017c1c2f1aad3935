/** The data set that the browser keeps, and the import that is going on. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ImportEvent, ImportParams, StoredImages } from "../../jobs/image-jobs.ts";
import type { JobHandle, JobRunner } from "../../jobs/jobs.ts";

export interface DataState {
  readonly stored: StoredImages | null;
  readonly status: "idle" | "importing" | "failed";
  readonly progress: ImportEvent | null;
  readonly message: string | null;
  look(): Promise<void>;
  /** Resolves with whether it succeeded. */
  importImages(params: ImportParams): Promise<boolean>;
  cancel(): void;
}

export type DataStore = StoreApi<DataState>;

export function createDataStore(runner: () => JobRunner): DataStore {
  let handle: JobHandle<"importImages"> | null = null;
  return createStore<DataState>((set, get) => ({
    stored: null,
    status: "idle",
    progress: null,
    message: null,
    async look() {
      try {
        set({ stored: await runner().start("storedImages", {}).result });
      } catch (error) {
        set({ message: error instanceof Error ? error.message : String(error) });
      }
    },
    async importImages(params) {
      if (get().status === "importing") return false;
      set({ status: "importing", progress: null, message: null });
      try {
        handle = runner().start("importImages", params);
        for await (const progress of handle.events) set({ progress });
        set({ stored: await handle.result, status: "idle", progress: null });
        return true;
      } catch (error) {
        const cancelled = error instanceof Error && error.name === "AbortError";
        const message = error instanceof Error ? error.message : String(error);
        set({ status: cancelled ? "idle" : "failed", progress: null, message: cancelled ? null : message });
        return false;
      } finally {
        handle = null;
      }
    },
    cancel: () => handle?.cancel(),
  }));
}
