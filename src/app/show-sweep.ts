/** A sweep that has ended here is what Compare shows: its runs are chosen, and measured where a training's surface is wanted. */
import type { PageStores } from "./context/page-stores.tsx";
import type { LoadedRun } from "./stores/compare/runs.ts";
import { mostRuns } from "./stores/settings/compare-settings.ts";
import { isSweeping } from "./stores/sweep/sweep-store.ts";

export function showEndedSweep(pages: PageStores, onError: (error: unknown) => void): void {
  pages.session.sweep.subscribe((now, before) => {
    if (isSweeping(before) && now.status === "ended") void compareRuns(pages).catch(onError);
  });
}

async function compareRuns({ session, compare }: PageStores): Promise<void> {
  const trained = session.sweep.getState().items.filter(({ status }) => status === "complete");
  const ids = trained.map(({ runId }) => runId).slice(0, mostRuns);
  if (ids.length < 2) return;
  await compare.runs.getState().refresh();
  compare.runs.getState().choose(ids);
  if (!session.preferences.getState().surfaceWhenTrained) return;
  const runs = await whenRead(compare.runs, ids);
  if (runs) await compare.surfaces.getState().measure(runs, compare.settings.getState().surface);
}

/** The chosen runs once all of them are read; null when others are chosen meanwhile, or one can't be read. */
function whenRead(store: PageStores["compare"]["runs"], ids: readonly string[]): Promise<readonly LoadedRun[] | null> {
  return new Promise((resolve) => {
    const look = () => {
      const { chosen, readings } = store.getState();
      const found = ids.map((id) => readings[id]);
      const isOther = ids.some((id, index) => chosen[index] !== id);
      if (!isOther && found.some((reading) => !reading || reading.status === "reading")) return;
      stop();
      const runs = found.flatMap((reading) => (reading?.status === "ready" ? [reading.run] : []));
      resolve(isOther || runs.length < ids.length ? null : runs);
    };
    const stop = store.subscribe(look);
    look();
  });
}
