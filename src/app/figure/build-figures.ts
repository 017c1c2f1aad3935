/** The compared surfaces as figures: each on its own range, or all on one. */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import { contourLevels } from "./contour-levels.ts";
import { buildDisplayGrid, type DisplayGrid } from "./display-grid.ts";
import type { Figure } from "./figure.ts";
import { extremesOf } from "./shared-range.ts";
import { resolveScale, type ScaleKind, valueRange } from "./value-scale.ts";
import type { ViewSettings } from "./view-settings.ts";

/** Display grids are built once for a grid's revision, metric and scale: a tile of one surface costs one of them. */
export class DisplayCache {
  readonly #built = new WeakMap<ProgressiveGrid, { readonly key: string; readonly display: DisplayGrid }>();

  get(grid: ProgressiveGrid, view: ViewSettings, kind: ScaleKind): DisplayGrid {
    const key = `${grid.revision} ${view.metric} ${kind}`;
    const known = this.#built.get(grid);
    if (known?.key === key) return known.display;
    const display = buildDisplayGrid(grid, view.metric, kind);
    this.#built.set(grid, { key, display });
    return display;
  }
}

const unmeasured = { min: 0, max: 1 };

/** Figures in the order of `grids`. */
export function buildFigures(
  grids: readonly ProgressiveGrid[],
  view: ViewSettings,
  sharedRange: boolean,
  displays: DisplayCache,
): Figure[] {
  const shared = sharedRange ? extremesOf(grids, view.metric) : null;
  return grids.map((grid) => {
    const own = sharedRange ? shared : extremesOf([grid], view.metric);
    const { min, max } = own ?? unmeasured;
    const kind = resolveScale(view.scale, min, max);
    const range = valueRange(min, max, view.clip, kind);
    return {
      grid,
      metric: view.metric,
      lossName: null,
      display: displays.get(grid, view, kind),
      range,
      levels: own ? contourLevels(range) : [],
      model: null,
      layer: null,
      path: null,
      ghost: grid.measuredCount === 0,
    };
  });
}
