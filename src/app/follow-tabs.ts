/** What other tabs of the browser do, as far as this one shows it: the run on the page, and the sweep. */
import type { PageStores } from "./context/page-stores.tsx";
import { showRun } from "./runs/show-run.ts";
import { sweepLock, trainingLock } from "./stores/tab-locks.ts";
import { isBusy } from "./stores/training-store.ts";

export function followOtherTabs(pages: PageStores, onError: (error: unknown) => void): void {
  const { locks, sweep, training } = pages.session;
  const followSweep = () => void sweep.getState().restore().catch(onError);
  locks.elsewhere.subscribe((now, before) => {
    if (now.names.has(sweepLock) !== before.names.has(sweepLock)) followSweep();
    const { runId } = training.getState();
    const name = runId === null ? null : trainingLock(runId);
    if (name !== null && before.names.has(name) && !now.names.has(name)) void showAnew(pages, runId).catch(onError);
  });
  // The sweep's document is kept there; only other tabs hear of a change.
  addEventListener("storage", () => {
    if (locks.elsewhere.getState().names.has(sweepLock)) followSweep();
  });
}

/** Another tab has trained the run further. */
async function showAnew(pages: PageStores, runId: string | null): Promise<void> {
  const { keeper, training } = pages.session;
  const kept = runId === null ? null : await keeper.read(runId);
  const { status, runId: shown, checkpoint } = training.getState();
  if (!kept || shown !== runId || isBusy(status) || checkpoint?.step === kept.checkpoint.step) return;
  showRun(pages, kept);
}
