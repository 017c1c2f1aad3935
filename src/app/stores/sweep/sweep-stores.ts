/** All of the page's state about sweeps. */
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import type { RunKeeper } from "../run-keeper.ts";
import type { TabLocks } from "../tab-locks.ts";
import { createSweepCostStore, type SweepCostStore } from "./cost-store.ts";
import { createDraftStore, type DraftStore } from "./draft.ts";
import { createSweepMemory } from "./memory.ts";
import { createSweepStore, type SweepStore } from "./sweep-store.ts";

export interface SweepStores {
  readonly draft: DraftStore;
  readonly cost: SweepCostStore;
  readonly queue: SweepStore;
}

export function createSweepStores(
  runner: () => JobRunner,
  backend: BackendChoice,
  keeper: RunKeeper,
  locks: TabLocks,
  onError: (error: unknown) => void,
): SweepStores {
  return {
    draft: createDraftStore(),
    cost: createSweepCostStore(runner, backend),
    queue: createSweepStore({
      runner,
      backend,
      keeper,
      memory: createSweepMemory(() => localStorage),
      locks,
      newRunId: () => crypto.randomUUID(),
      onError,
    }),
  };
}
