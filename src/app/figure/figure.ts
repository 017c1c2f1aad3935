/** The numbers behind a picture of a surface or line: the display grid, its range, its contour levels, what is drawn over them. */
import type { QuadraticModel } from "../../experiment/curvature.ts";
import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import type { LossName } from "../../experiment/spec.ts";
import { type ContourLevel, contourLevels } from "./contour-levels.ts";
import type { ConvexityLayer } from "./convexity-layer.ts";
import { buildDisplayGrid, type DisplayGrid } from "./display-grid.ts";
import type { FigurePath } from "./figure-path.ts";
import type { Metric } from "./metric.ts";
import { type ValueRange, valueRange } from "./value-scale.ts";
import type { ViewSettings } from "./view-settings.ts";

export interface Figure {
  readonly grid: ProgressiveGrid;
  readonly metric: Metric;
  /** What the loss is; null where it may be another for each of several figures. */
  readonly lossName: LossName | null;
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

/** A point of the grid that is pointed at. */
export interface Cursor {
  readonly column: number;
  readonly row: number;
}

/** What is drawn over the measured values, or in the place of their colours. */
export type Overlays = Pick<Figure, "model" | "layer" | "path">;

const noOverlays: Overlays = { model: null, layer: null, path: null };

export function buildFigure(
  grid: ProgressiveGrid,
  view: ViewSettings,
  overlays: Partial<Overlays> = {},
  lossName: LossName = "cross-entropy",
): Figure {
  const display = buildDisplayGrid(grid, view.metric, view.scale);
  const ghost = grid.measuredCount === 0;
  return { grid, metric: view.metric, lossName, ...rangeOf(display, view), display, ghost, ...noOverlays, ...overlays };
}

/** The relief that was there, unmeasured, until the new grid's first values come: nothing jumps. */
export function ghostOf(before: Figure, grid: ProgressiveGrid): Figure {
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
