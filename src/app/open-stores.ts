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
    sweepRestored
      .then(() => restoreRun(pages, linkGiven))
      .catch(onError)
      .then(() => showExample(pages, linkGiven)),
  ]);
  await measureDoors(pages).catch(onError);
}

/** What a visitor sees first: nothing is kept here, and no link asks for anything. */
async function showExample({ session, landscape }: PageStores, linkGiven: boolean): Promise<void> {
  const { show, skip } = landscape.example.getState();
  if (linkGiven || session.sweep.getState().items.length > 0) return skip();
  // Without it the plate says what to begin with.
  await show().catch(() => {});
}

/** Times are told only where there is something to begin with; another estimate comes with them. */
async function measureDoors({ session, landscape }: PageStores): Promise<void> {
  if (landscape.example.getState().example === null) return;
  const { alpha, beta } = session.settings.getState().current.surface;
  await landscape.doors.getState().measure(alpha.count * beta.count);
  session.cost.getState().ask(session.settings.getState().current.spec);
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
