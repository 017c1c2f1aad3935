/** What is compared and how, as a store of the Compare page. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SurfaceView } from "../../../experiment/surface-view.ts";
import type { ViewSettings } from "../../figure/view-settings.ts";
import type { CompareSettings } from "../settings/compare-settings.ts";
import type { SettingsStore } from "../settings/settings-store.ts";

export interface CompareSettingsState extends CompareSettings {
  set(change: Partial<Omit<CompareSettings, "surface" | "view">>): void;
  setSurface(change: Partial<SurfaceView>): void;
  setView(change: Partial<ViewSettings>): void;
}

export type CompareSettingsStore = StoreApi<CompareSettingsState>;

/** The page's settings as Compare sees them: a change here is one there, with undo and in the link. */
export function createCompareSettings(settings: SettingsStore): CompareSettingsStore {
  const { setCompare } = settings.getState();
  const compare = createStore<CompareSettingsState>((_set, get) => ({
    ...settings.getState().current.compare,
    set: (change) => setCompare(change),
    setSurface: (change) => setCompare({ surface: { ...get().surface, ...change } }, change),
    setView: (change) => setCompare({ view: { ...get().view, ...change } }, change),
  }));
  settings.subscribe(({ current }, before) => {
    if (current.compare !== before.current.compare) compare.setState(current.compare);
  });
  return compare;
}
