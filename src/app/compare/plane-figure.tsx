/** The plane through three runs as a relief and from above, all three marked in both. */
import { Loader } from "@mantine/core";
import { lazy, type RefObject, Suspense, useCallback, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { PlaneMark, PlanePlace } from "../../experiment/comparison.ts";
import { useCompare } from "../context/compare.ts";
import type { Cursor, Figure } from "../figure/figure.ts";
import { usePalette } from "../kit/use-palette.ts";
import { FigureLegend } from "../plate/legend.tsx";
import type { LabelLayer } from "../scene/label-layer.ts";
import { probeRenderer } from "../scene/renderer-kind.ts";
import type { Capture } from "../scene/surface-scene.tsx";
import { MapPane } from "./map-pane.tsx";
import { PaneScene, reliefOf } from "./pane-scene.tsx";
import type { PaneViews } from "./pane-views.ts";
import { pathOverRelief, placeInPlane, planePins } from "./plane-marks.ts";
import { ReliefPane } from "./relief-pane.tsx";
import { usePlaces } from "./use-places.ts";

const noPath: readonly PlanePlace[] = [];

const PaneSheet = lazy(() => import("./pane-sheet.tsx"));

export interface PlaneFigureProps {
  /** Key of the figure's view, and of where its camera stands. */
  readonly id: string;
  readonly figure: Figure;
  readonly marks: readonly PlaneMark[];
  readonly names: readonly string[];
  readonly colours: readonly string[];
  readonly describedBy: string;
  readonly cursor: Cursor | null;
  readonly onCursor: (cursor: Cursor | null) => void;
  /** Drawn over the surface. */
  readonly path?: readonly PlanePlace[];
  /** The element with both pictures, and how the relief among them is pictured. */
  readonly sheet: RefObject<HTMLDivElement | null>;
  readonly capture: RefObject<Capture | null>;
}

export function PlaneFigure(props: PlaneFigureProps) {
  const { id, figure, marks, names, colours, describedBy, cursor, onCursor, path = noPath, sheet, capture } = props;
  const compare = useCompare();
  const view = useStore(compare.settings, (state) => state.view);
  const palette = usePalette();
  const renderer = useMemo(probeRenderer, []);
  const { places, track } = usePlaces(sheet);
  const [views] = useState<PaneViews>(() => new Map());
  const [labels, setLabels] = useState<LabelLayer | null>(null);
  const onLabels = useCallback((_id: string, layer: LabelLayer | null) => setLabels(layer), []);
  const pins = useMemo(() => planePins(figure, reliefOf(figure, view), marks, names), [figure, view, marks, names]);
  const trace = useMemo(() => pathOverRelief(figure, reliefOf(figure, view), path), [figure, view, path]);
  const viewpoint = compare.viewpoints.of(id);
  const title = `Plane through ${names.join(", ")}`;
  const shared = { title, figure, view, describedBy, onCursor };
  return (
    <>
      <div className="panes plane-panes" ref={sheet}>
        {renderer && (
          <Suspense fallback={<Loader size="sm" className="panes-loader" />}>
            <PaneSheet views={views} software={renderer.software} capture={capture}>
              {places[id] && labels && (
                <PaneScene
                  views={views}
                  runId={id}
                  figure={figure}
                  view={view}
                  cursor={cursor}
                  place={places[id]}
                  palette={palette}
                  viewpoint={viewpoint}
                  labels={labels}
                  movingStride={renderer.software ? 3 : 1}
                  pins={pins}
                  trace={trace}
                />
              )}
            </PaneSheet>
          </Suspense>
        )}
        <div className="pane plane-pane">
          {renderer && (
            <ReliefPane
              {...shared}
              runId={id}
              viewpoint={viewpoint}
              views={views}
              track={track(id)}
              onLabels={onLabels}
            />
          )}
        </div>
        <div className="pane plane-pane">
          <MapPane {...shared} cursor={cursor}>
            {path.length > 0 && <MapPath figure={figure} path={path} />}
            {marks.map((mark, index) => {
              const [x, y] = placeInPlane(figure, mark);
              return (
                <span
                  key={mark.label}
                  className="plane-mark"
                  style={{ left: `${x * 100}%`, bottom: `${y * 100}%`, background: colours[index] }}
                />
              );
            })}
          </MapPane>
        </div>
      </div>
      {!figure.ghost && (
        <div className="compare-legend">
          <FigureLegend figure={figure} colourMap={view.colourMap} />
        </div>
      )}
    </>
  );
}

function MapPath({ figure, path }: { readonly figure: Figure; readonly path: readonly PlanePlace[] }) {
  const points = path.map((place) => {
    const [x, y] = placeInPlane(figure, place);
    return `${(100 * x).toFixed(2)},${(100 * (1 - y)).toFixed(2)}`;
  });
  return (
    <svg className="plane-path" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
      <polyline points={points.join(" ")} className="plane-path-halo" />
      <polyline points={points.join(" ")} />
    </svg>
  );
}
