/** What the figure on the Landscape page is of: the visitor's own surface, or the landscape measured earlier. */

import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import type { Spec } from "../../experiment/spec.ts";
import type { SurfaceReport } from "../../experiment/surface.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import type { ExampleState } from "./example-store.ts";
import type { SurfaceState } from "./surface-store.ts";

export interface ShownSurface {
  readonly spec: Spec;
  readonly label: string;
  readonly settings: SurfaceView;
  readonly grid: ProgressiveGrid;
  readonly report: SurfaceReport | null;
  readonly backend: string | null;
}

type Own = Pick<SurfaceState, "source" | "settings" | "grid" | "report" | "backend">;

/** Null while nothing is there to be shown. */
export function shownSurface(
  { source, settings, grid, report, backend }: Own,
  { example }: Pick<ExampleState, "example">,
): ShownSurface | null {
  if (source && settings && grid) return { spec: source.spec, label: source.label, settings, grid, report, backend };
  return example && { ...example, backend: example.report.backend };
}
