/**
 * The figure derived from a surface and the view: the display grid, its range, its contour levels. Recomputed at most
 * once per frame and `minimumIntervalMs`, so tiles may come as fast as they like. Also the cursor that the relief, the
 * map and the line share.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { lossNameOf } from "../../experiment/spec.ts";
import { buildFigure, type Cursor, type Figure, ghostOf, type Overlays } from "../figure/figure.ts";
import type { ConvexityStore } from "./convexity-store.ts";
import type { ExampleState } from "./example-store.ts";
import type { PlaneModelStore } from "./plane-model-store.ts";
import type { SettingsStore } from "./settings/settings-store.ts";
import type { SurfaceStore } from "./surface-store.ts";

export interface FigureState {
  readonly figure: Figure | null;
  readonly cursor: Cursor | null;
  setCursor(cursor: Cursor | null): void;
}

export type FigureStore = StoreApi<FigureState>;

const minimumIntervalMs = 120;

export interface FigureOptions {
  readonly surface: SurfaceStore;
  readonly settings: SettingsStore;
  readonly example: StoreApi<Pick<ExampleState, "example">>;
  readonly planeModel: PlaneModelStore;
  readonly convexity: ConvexityStore;
  readonly trajectory: StoreApi<Pick<Figure, "path">>;
}

export function createFigureStore({
  surface,
  settings,
  example: exampleStore,
  planeModel,
  convexity,
  trajectory,
}: FigureOptions): FigureStore {
  const store = createStore<FigureState>((set, get) => ({
    figure: null,
    cursor: null,
    setCursor(cursor) {
      const before = get().cursor;
      if (before?.column !== cursor?.column || before?.row !== cursor?.row) set({ cursor });
    },
  }));
  let scheduled = false;
  /** Its shape says nothing of what is measured next. */
  let showedExample = false;
  let builtAt = Number.NEGATIVE_INFINITY;

  const wanted = (path: Figure["path"]) => (settings.getState().current.view.path ? path : null);
  const overlays = (): Overlays => {
    const { metric, colourBy } = settings.getState().current.view;
    const { layer } = convexity.getState();
    const { model } = planeModel.getState();
    const { example } = exampleStore.getState();
    const path = example ? wanted(example.path) : trajectory.getState().path;
    return { model: metric === "loss" ? model : null, layer: colourBy === "convexity" ? layer : null, path };
  };
  const build = () => {
    const wait = minimumIntervalMs - (performance.now() - builtAt);
    if (wait > 0) {
      setTimeout(() => requestAnimationFrame(build), wait);
      return;
    }
    scheduled = false;
    builtAt = performance.now();
    const { example } = exampleStore.getState();
    const { grid: own, source } = surface.getState();
    const grid = own ?? example?.grid ?? null;
    const { cursor, figure: before } = store.getState();
    const outside = cursor && grid && (cursor.column >= grid.columns || cursor.row >= grid.rows);
    const { view, spec } = settings.getState().current;
    const lossName = lossNameOf(source?.spec ?? example?.spec ?? spec);
    const isUnmeasured =
      grid?.measuredCount === 0 && before !== null && before.metric === view.metric && !showedExample;
    showedExample = example !== null;
    const figure = grid ? (isUnmeasured ? ghostOf(before, grid) : buildFigure(grid, view, overlays(), lossName)) : null;
    store.setState({ figure, ...(outside || !figure || before === null ? { cursor: null } : {}) });
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(build);
  };
  surface.subscribe((now, before) => {
    if (now.revision !== before.revision || now.grid !== before.grid) schedule();
  });
  exampleStore.subscribe(schedule);
  settings.subscribe((now, before) => {
    if (now.current.view !== before.current.view) schedule();
  });
  /** The measured values have not changed: nothing else is built anew. */
  const overlay = () => {
    const { figure } = store.getState();
    if (figure && !figure.ghost) store.setState({ figure: { ...figure, ...overlays() } });
  };
  planeModel.subscribe((now, before) => {
    if (now.model !== before.model) overlay();
  });
  trajectory.subscribe((now, before) => {
    if (now.path !== before.path) overlay();
  });
  convexity.subscribe((now, before) => {
    if (now.layer !== before.layer && settings.getState().current.view.colourBy === "convexity") overlay();
  });
  return store;
}
