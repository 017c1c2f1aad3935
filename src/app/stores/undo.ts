/** One way back for what a person did last: runs taken off the list come back, or a setting does. */
import type { RunsStore } from "./runs-store.ts";
import type { Settings } from "./settings/settings.ts";
import type { SettingsStore } from "./settings/settings-store.ts";

interface Removal {
  readonly ids: readonly string[];
  /** The settings at that time: while they are in use again, the removal is what was done last. */
  readonly settings: Settings;
}

export function createUndo(settings: SettingsStore, runs: RunsStore): () => void {
  let removals: readonly Removal[] = [];
  runs.subscribe(({ removed }, before) => {
    const ids = [...removed].filter((id) => !before.removed.has(id));
    const open = removals.filter((removal) => removal.ids.some((id) => removed.has(id)));
    removals = ids.length > 0 ? [...open, { ids, settings: settings.getState().current }] : open;
  });
  return () => {
    const newest = removals.at(-1);
    if (newest?.settings === settings.getState().current) runs.getState().undoRemoval(newest.ids);
    else settings.getState().undo();
  };
}
