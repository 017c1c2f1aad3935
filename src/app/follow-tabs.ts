/** What other tabs of the browser do, as far as this one shows it: the run on the page, and the sweep. */
import type { AppStores } from "./app-stores.ts";
import { showRun } from "./runs/show-run.ts";
import { sweepLock, trainingLock } from "./stores/tab-locks.ts";
import { isBusy } from "./stores/training-store.ts";

export function followOtherTabs(stores: AppStores, onError: (error: unknown) => void): void {
  const { locks, sweep } = stores;
  const followSweep = () => void sweep.queue.getState().restore().catch(onError);
  locks.elsewhere.subscribe((now, before) => {
    if (now.names.has(sweepLock) !== before.names.has(sweepLock)) followSweep();
    const { runId } = stores.training.getState();
    const name = runId === null ? null : trainingLock(runId);
    if (name !== null && before.names.has(name) && !now.names.has(name)) void showAnew(stores, runId).catch(onError);
  });
  // The sweep's document is kept there; only other tabs hear of a change.
  addEventListener("storage", () => {
    if (locks.elsewhere.getState().names.has(sweepLock)) followSweep();
  });
}

/** Another tab has trained the run further. */
async function showAnew(stores: AppStores, runId: string | null): Promise<void> {
  const kept = runId === null ? null : await stores.keeper.read(runId);
  const { status, runId: shown, checkpoint } = stores.training.getState();
  if (!kept || shown !== runId || isBusy(status) || checkpoint?.step === kept.checkpoint.step) return;
  showRun(stores, kept);
}
