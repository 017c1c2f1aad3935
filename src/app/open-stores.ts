/** What the page does by itself when it opens: looks at the device and at what is kept here, and puts the last run back. */
import type { PageStores } from "./context/page-stores.tsx";
import type { SessionStores } from "./context/session.ts";
import { showRun } from "./runs/show-run.ts";
import { isOpen } from "./stores/sweep/item.ts";

const processorGridCount = 25;

export interface OpenOptions {
  /** The address named an experiment: it stays chosen even when the last run was another one. */
  readonly linkGiven: boolean;
  readonly onError: (error: unknown) => void;
}

export async function openStores(pages: PageStores, { linkGiven, onError }: OpenOptions): Promise<void> {
  const { cost, settings, locks, sweep, device, data } = pages.session;
  cost.getState().ask(settings.getState().current.spec);
  const sweepRestored = locks
    .look()
    .then(() => sweep.getState().restore())
    .catch(onError);
  await Promise.all([
    device
      .getState()
      .describe()
      .then(() => fitGridToDevice(pages.session, linkGiven)),
    data.getState().look(),
    sweepRestored.then(() => restoreRun(pages, linkGiven)).catch(onError),
  ]);
}

/** The convention of 51 × 51 points takes a GPU; on the processor the page opens with fewer, unless a link says otherwise. */
function fitGridToDevice({ device, settings }: SessionStores, linkGiven: boolean): void {
  const { history, current, begin } = settings.getState();
  const report = device.getState().report;
  if (linkGiven || !report || report.backend === "webgpu" || history.past.length > 0) return;
  const { surface } = current;
  const count = processorGridCount;
  begin({ ...current, surface: { ...surface, alpha: { ...surface.alpha, count }, beta: { ...surface.beta, count } } });
}

async function restoreRun(pages: PageStores, linkGiven: boolean): Promise<void> {
  const { sweep, keeper, training, settings } = pages.session;
  const { items } = sweep.getState();
  // The runs of a sweep that was cut off go on with it.
  const kept = await keeper.latest((id) => items.some((item) => item.runId === id && isOpen(item)));
  if (!kept || training.getState().status !== "idle") return;
  if (!linkGiven) {
    const { current, begin } = settings.getState();
    begin({ ...current, spec: kept.checkpoint.spec });
  }
  showRun(pages, kept);
  if (kept.warning) throw new Error(kept.warning);
}
