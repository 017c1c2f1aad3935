/** How the chosen runs are compared: which surfaces are measured around them, and how these are drawn. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type SurfaceView, surfaceViewSchema } from "../../experiment/surface-view.ts";
import { defaultView, type ViewSettings } from "./view-settings.ts";

export const drawings = ["relief", "map", "line"] as const;
/** Reliefs in three dimensions, maps from above, or the profile along α where β is 0. */
export type Drawing = (typeof drawings)[number];

export interface CompareSettings {
  /** The same for every run: seeds name one draw, numbers of eigenvectors each run's own. */
  readonly surface: SurfaceView;
  readonly view: ViewSettings;
  readonly drawing: Drawing;
  /** One viewpoint for all reliefs. */
  readonly linked: boolean;
  /** One range of values, and with it one colour scale, for all. */
  readonly sharedRange: boolean;
}

export interface CompareSettingsState extends CompareSettings {
  set(change: Partial<Omit<CompareSettings, "surface" | "view">>): void;
  setSurface(change: Partial<SurfaceView>): void;
  setView(change: Partial<ViewSettings>): void;
}

export type CompareSettingsStore = StoreApi<CompareSettingsState>;

/** Six surfaces of the usual 51 × 51 points would be a long wait before the first look. */
const count = 25;

export function createCompareSettings(): CompareSettingsStore {
  return createStore<CompareSettingsState>((set, get) => ({
    surface: surfaceViewSchema.parse({ alpha: { count }, beta: { count } }),
    view: defaultView,
    drawing: "relief",
    linked: true,
    sharedRange: true,
    set: (change) => set(change),
    setSurface: (change) => set({ surface: { ...get().surface, ...change } }),
    setView: (change) => set({ view: { ...get().view, ...change } }),
  }));
}
