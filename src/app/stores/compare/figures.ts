/**
 * The compared runs' figures, and the cursor that they share. Built again at most once in `minimumIntervalMs`: tiles may
 * come as fast as they like.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { ProgressiveGrid } from "../../../experiment/progressive-grid.ts";
import { buildFigures, DisplayCache } from "../../figure/build-figures.ts";
import type { Cursor, Figure } from "../../figure/figure.ts";
import type { SurfaceStore } from "../surface-store.ts";
import type { CompareSettingsStore } from "./settings-store.ts";
import { type CompareSurfacesState, sameView } from "./surfaces.ts";

export interface CompareFiguresState {
  /** Figures by run; blank ones where nothing is measured with the present settings. */
  readonly figures: Readonly<Record<string, Figure>>;
  readonly cursor: Cursor | null;
  setCursor(cursor: Cursor | null): void;
}

export type CompareFiguresStore = StoreApi<CompareFiguresState>;

const minimumIntervalMs = 150;

export function createCompareFigures(
  surfaces: StoreApi<CompareSurfacesState>,
  settings: CompareSettingsStore,
): CompareFiguresStore {
  const displays = new DisplayCache();
  const figures = createStore<CompareFiguresState>((set, get) => ({
    figures: {},
    cursor: null,
    setCursor(cursor) {
      const before = get().cursor;
      if (before?.column !== cursor?.column || before?.row !== cursor?.row) set({ cursor });
    },
  }));
  let blank: ProgressiveGrid | null = null;
  let isScheduled = false;
  let builtAt = Number.NEGATIVE_INFINITY;

  const gridOf = (store: SurfaceStore): ProgressiveGrid => {
    const { grid, settings: measured } = store.getState();
    const { alpha, beta } = settings.getState().surface;
    if (grid && sameView(measured, settings.getState().surface)) return grid;
    if (blank?.columns !== alpha.count || blank.rows !== beta.count || blank.alpha[0] !== alpha.min)
      blank = new ProgressiveGrid(alpha, beta);
    return blank;
  };
  const build = () => {
    isScheduled = false;
    builtAt = performance.now();
    const entries = Object.entries(surfaces.getState().stores);
    const { view, sharedRange } = settings.getState();
    const grids = entries.map(([, store]) => gridOf(store));
    const built = buildFigures(grids, view, sharedRange, displays);
    figures.setState({ figures: Object.fromEntries(entries.map(([id], index) => [id, built[index]])) });
    const { cursor } = figures.getState();
    const fits = grids.every(({ columns, rows }) => cursor && cursor.column < columns && cursor.row < rows);
    if (cursor && !fits) figures.setState({ cursor: null });
  };
  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(build, Math.max(0, minimumIntervalMs - (performance.now() - builtAt)));
  };

  let followed = new Map<SurfaceStore, () => void>();
  const follow = () => {
    const stores = Object.values(surfaces.getState().stores);
    for (const [store, unsubscribe] of followed) if (!stores.includes(store)) unsubscribe();
    followed = new Map(
      stores.map((store) => [
        store,
        followed.get(store) ??
          store.subscribe((now, before) => {
            if (now.revision !== before.revision || now.grid !== before.grid) schedule();
          }),
      ]),
    );
    schedule();
  };
  surfaces.subscribe((now, before) => {
    if (now.stores !== before.stores) follow();
  });
  settings.subscribe((now, before) => {
    if (now.view !== before.view || now.surface !== before.surface || now.sharedRange !== before.sharedRange)
      schedule();
  });
  return figures;
}
