/** What the page does by itself when it opens: looks at the device and at what is kept here, and puts the last run back. */

import type { AppStores } from "./app-stores.ts";
import { showRun } from "./runs/show-run.ts";
import { isOpen } from "./stores/sweep/item.ts";

const processorGridCount = 25;

export interface OpenOptions {
  /** The address named an experiment: it stays chosen even when the last run was another one. */
  readonly linkGiven: boolean;
  readonly onError: (error: unknown) => void;
}

export async function openStores(stores: AppStores, { linkGiven, onError }: OpenOptions): Promise<void> {
  stores.cost.getState().ask(stores.settings.getState().current.spec);
  const sweepRestored = stores.locks
    .look()
    .then(() => stores.sweep.queue.getState().restore())
    .catch(onError);
  await Promise.all([
    stores.device
      .getState()
      .describe()
      .then(() => fitGridToDevice(stores, linkGiven)),
    stores.data.getState().look(),
    sweepRestored.then(() => restoreRun(stores, linkGiven)).catch(onError),
  ]);
}

/** The convention of 51 × 51 points takes a GPU; on the processor the page opens with fewer, unless a link says otherwise. */
function fitGridToDevice({ device, settings }: AppStores, linkGiven: boolean): void {
  const { history, current, begin } = settings.getState();
  const report = device.getState().report;
  if (linkGiven || !report || report.backend === "webgpu" || history.past.length > 0) return;
  const { surface } = current;
  const count = processorGridCount;
  begin({ ...current, surface: { ...surface, alpha: { ...surface.alpha, count }, beta: { ...surface.beta, count } } });
}

async function restoreRun(stores: AppStores, linkGiven: boolean): Promise<void> {
  const { items } = stores.sweep.queue.getState();
  // The runs of a sweep that was cut off go on with it.
  const kept = await stores.keeper.latest((id) => items.some((item) => item.runId === id && isOpen(item)));
  if (!kept || stores.training.getState().status !== "idle") return;
  if (!linkGiven) {
    const { current, begin } = stores.settings.getState();
    begin({ ...current, spec: kept.checkpoint.spec });
  }
  showRun(stores, kept);
  if (kept.warning) throw new Error(kept.warning);
}
