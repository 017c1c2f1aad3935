/** The images that the browser keeps, and the import that is going on. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { DataSetId } from "../../data/sets/facts.ts";
import type { ImportEvent, ImportParams } from "../../jobs/image-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import { messageOf } from "../kit/message-of.ts";
import type { KeptImages } from "./image-counts.ts";
import { createJobSlot } from "./job-slot.ts";

export interface DataState {
  readonly kept: KeptImages;
  /** The data set that is being imported. */
  readonly importing: DataSetId | null;
  readonly progress: ImportEvent | null;
  /** Why what is kept could not be read; null where it could. */
  readonly message: string | null;
  look(): Promise<void>;
  /** Resolves with false where it was cancelled or another import goes on. Rejects when it fails; what was kept then stays. */
  importImages(params: ImportParams): Promise<boolean>;
  cancel(): void;
  /** Frees the space of a data set. Rejects when it cannot. */
  remove(set: DataSetId): Promise<void>;
}

export type DataStore = StoreApi<DataState>;

export function createDataStore(runner: () => JobRunner): DataStore {
  const slot = createJobSlot<"importImages">();
  return createStore<DataState>((set, get) => ({
    kept: [],
    importing: null,
    progress: null,
    message: null,
    async look() {
      try {
        set({ kept: await runner().start("storedImages", {}).result, message: null });
      } catch (error) {
        set({ message: messageOf(error) });
      }
    },
    async importImages(params) {
      if (get().importing !== null) return false;
      set({ importing: params.set, progress: null });
      const ending = await slot.followJob(() => runner().start("importImages", params), {
        onEvent: (progress) => set({ progress }),
        end: (end) => {
          set({ importing: null, progress: null });
          if (end.kind === "complete") set({ kept: end.result, message: null });
        },
      });
      if (ending.kind === "failed") throw ending.error;
      return ending.kind === "complete";
    },
    cancel: slot.cancel,
    async remove(removed) {
      set({ kept: await runner().start("removeImages", { set: removed }).result });
    },
  }));
}
