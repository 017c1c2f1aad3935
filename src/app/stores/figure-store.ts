/**
 * The figure derived from a surface and the view: the display grid, its range, its contour levels. Recomputed at most
 * once per frame and `minimumIntervalMs`, so tiles may come as fast as they like. Also the cursor that the relief, the
 * map and the line share.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { QuadraticModel } from "../../experiment/curvature.ts";
import { type ContourLevel, contourLevels } from "../figure/contour-levels.ts";
import type { ConvexityLayer } from "../figure/convexity-layer.ts";
import { buildDisplayGrid, type DisplayGrid } from "../figure/display-grid.ts";
import type { FigurePath } from "../figure/figure-path.ts";
import type { Metric } from "../figure/metric.ts";
import type { ProgressiveGrid } from "../figure/progressive-grid.ts";
import { type ValueRange, valueRange } from "../figure/value-scale.ts";
import type { ViewSettings } from "../figure/view-settings.ts";
import type { ConvexityStore } from "./convexity-store.ts";
import type { PlaneModelStore } from "./plane-model-store.ts";
import type { SettingsStore } from "./settings/settings-store.ts";
import type { SurfaceStore } from "./surface-store.ts";

export interface Figure {
  readonly grid: ProgressiveGrid;
  readonly metric: Metric;
  readonly display: DisplayGrid;
  readonly range: ValueRange;
  readonly levels: readonly ContourLevel[];
  /** Drawn over the loss; null for none. */
  readonly model: QuadraticModel | null;
  /** What the colours stand for instead of the metric; null for none. */
  readonly layer: ConvexityLayer | null;
  /** The run's recorded points over it; null for none. */
  readonly path: FigurePath | null;
  /** Nothing of this grid is measured yet: the heights are the figure's before it, drawn as unmeasured. */
  readonly ghost: boolean;
}

export interface Cursor {
  readonly column: number;
  readonly row: number;
}

export interface FigureState {
  readonly figure: Figure | null;
  readonly cursor: Cursor | null;
  setCursor(cursor: Cursor | null): void;
}

export type FigureStore = StoreApi<FigureState>;

const minimumIntervalMs = 120;

/** What is drawn over the measured values, or in the place of their colours. */
export type Overlays = Pick<Figure, "model" | "layer" | "path">;

const noOverlays: Overlays = { model: null, layer: null, path: null };

export function buildFigure(grid: ProgressiveGrid, view: ViewSettings, overlays: Partial<Overlays> = {}): Figure {
  const display = buildDisplayGrid(grid, view.metric, view.scale);
  const ghost = grid.measuredCount === 0;
  return { grid, metric: view.metric, ...rangeOf(display, view), display, ghost, ...noOverlays, ...overlays };
}

/** The relief that was there, unmeasured, until the new grid's first values come: nothing jumps. */
function ghostOf(before: Figure, grid: ProgressiveGrid): Figure {
  const texels = before.display.texels.map((value, index) => (index % 4 === 0 ? value : 0));
  const display = {
    ...before.display,
    texels,
    min: Number.NaN,
    max: Number.NaN,
    minCell: -1,
    maxCell: -1,
    nonFiniteCount: 0,
  };
  return { ...before, grid, display, ghost: true, ...noOverlays };
}

function rangeOf(display: DisplayGrid, view: ViewSettings) {
  const [min, max] = display.minCell < 0 ? [0, 1] : [display.min, display.max];
  const range = valueRange(min, max, view.clip, display.kind);
  return { range, levels: display.minCell < 0 ? [] : contourLevels(range) };
}

export function createFigureStore(
  surface: SurfaceStore,
  settings: SettingsStore,
  planeModel: PlaneModelStore,
  convexity: ConvexityStore,
  trajectory: StoreApi<Pick<Figure, "path">>,
): FigureStore {
  const store = createStore<FigureState>((set, get) => ({
    figure: null,
    cursor: null,
    setCursor(cursor) {
      const before = get().cursor;
      if (before?.column !== cursor?.column || before?.row !== cursor?.row) set({ cursor });
    },
  }));
  let scheduled = false;
  let builtAt = Number.NEGATIVE_INFINITY;

  const overlays = (): Overlays => {
    const { metric, colourBy } = settings.getState().current.view;
    const { layer } = convexity.getState();
    const { model } = planeModel.getState();
    const { path } = trajectory.getState();
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
    const { grid } = surface.getState();
    const { cursor, figure: before } = store.getState();
    const outside = cursor && grid && (cursor.column >= grid.columns || cursor.row >= grid.rows);
    const { view } = settings.getState().current;
    const haunts = grid?.measuredCount === 0 && before !== null && before.metric === view.metric;
    const figure = grid ? (haunts ? ghostOf(before, grid) : buildFigure(grid, view, overlays())) : null;
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
