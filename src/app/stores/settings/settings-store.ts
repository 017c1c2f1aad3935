/** The settings with undo. Every change names what it changes, so that one drag of a slider is one step back. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spec } from "../../../experiment/spec.ts";
import type { SurfaceView } from "../../../experiment/surface-view.ts";
import type { ViewSettings } from "../../figure/view-settings.ts";
import type { CompareSettings } from "./compare-settings.ts";
import { type History, recordChange, redo, startHistory, undo } from "./history.ts";
import type { Settings } from "./settings.ts";
import type { SpectrumView } from "./spectrum-settings.ts";

export interface SettingsState {
  readonly history: History<Settings>;
  readonly current: Settings;
  setSpec(key: string, spec: Spec): void;
  setSurface(change: Partial<SurfaceView>): void;
  setView(change: Partial<ViewSettings>): void;
  setSpectrum(change: Partial<SpectrumView>): void;
  /** `within`: what of a part has changed, to name the change by. */
  setCompare(change: Partial<CompareSettings>, within?: object): void;
  replace(key: string, settings: Settings): void;
  /** Takes what the page itself has chosen: no step of its own to undo. */
  amend(settings: Settings): void;
  /** Begins anew from these settings: nothing before them to go back to. */
  begin(settings: Settings): void;
  undo(): void;
  redo(): void;
}

export type SettingsStore = StoreApi<SettingsState>;

export function createSettingsStore(initial: Settings, now: () => number = Date.now): SettingsStore {
  return createStore<SettingsState>((set, get) => {
    const commit = (history: History<Settings>) => set({ history, current: history.present });
    const change = (key: string, next: Settings) => commit(recordChange(get().history, next, key, now()));
    return {
      history: startHistory(initial),
      current: initial,
      setSpec: (key, spec) => change(`spec.${key}`, { ...get().current, spec }),
      setSurface: (part) =>
        change(`surface.${Object.keys(part).join()}`, {
          ...get().current,
          surface: { ...get().current.surface, ...part },
        }),
      setView: (part) =>
        change(`view.${Object.keys(part).join()}`, { ...get().current, view: { ...get().current.view, ...part } }),
      setSpectrum: (part) =>
        change(`spectrum.${Object.keys(part).join()}`, {
          ...get().current,
          spectrum: { ...get().current.spectrum, ...part },
        }),
      setCompare: (part, within = {}) =>
        change(`compare.${[...Object.keys(part), ...Object.keys(within)].join()}`, {
          ...get().current,
          compare: { ...get().current.compare, ...part },
        }),
      replace: (key, settings) => change(key, settings),
      amend: (settings) => commit({ ...get().history, present: settings }),
      begin: (settings) => commit(startHistory(settings)),
      undo: () => commit(undo(get().history)),
      redo: () => commit(redo(get().history)),
    };
  });
}
