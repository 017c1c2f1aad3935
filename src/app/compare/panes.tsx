/** The chosen runs side by side: reliefs on one sheet, maps from above, or lines. */
import { Loader } from "@mantine/core";
import { useElementSize, useMergedRef } from "@mantine/hooks";
import { lazy, type RefObject, Suspense, useCallback, useId, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { useCompare } from "../context/compare.ts";
import { usePalette } from "../kit/use-palette.ts";
import { MapMarks } from "../plate/contour-map.tsx";
import type { LabelLayer } from "../scene/label-layer.ts";
import { probeRenderer } from "../scene/renderer-kind.ts";
import type { Capture } from "../scene/surface-scene.tsx";
import { LinePane } from "./line-pane.tsx";
import { MapPane } from "./map-pane.tsx";
import { PaneFrame } from "./pane-frame.tsx";
import { paneColumns } from "./pane-place.ts";
import { PaneScene } from "./pane-scene.tsx";
import type { PaneViews } from "./pane-views.ts";
import { ReliefPane } from "./relief-pane.tsx";
import type { Pane } from "./use-panes.ts";
import { usePlaces } from "./use-places.ts";

const PaneSheet = lazy(() => import("./pane-sheet.tsx"));

/** Vertices a side of a moving relief on a software renderer, about. */
const movingVertices = 48;

export interface PanesProps {
  readonly panes: readonly Pane[];
  readonly capture: RefObject<Capture | null>;
}

export function Panes({ panes, capture }: PanesProps) {
  const compare = useCompare();
  const drawing = useStore(compare.settings, (state) => state.drawing);
  const view = useStore(compare.settings, (state) => state.view);
  const linked = useStore(compare.settings, (state) => state.linked);
  const cursor = useStore(compare.figures, (state) => state.cursor);
  const onCursor = compare.figures.getState().setCursor;
  const palette = usePalette();
  const renderer = useMemo(probeRenderer, []);
  const sheet = useRef<HTMLDivElement>(null);
  const { ref: sized, width } = useElementSize<HTMLDivElement>();
  const root = useMergedRef(sheet, sized);
  const { places, track } = usePlaces(sheet);
  const [views] = useState<PaneViews>(() => new Map());
  const [labels, setLabels] = useState<Readonly<Record<string, LabelLayer | null>>>({});
  const onLabels = useCallback(
    (id: string, layer: LabelLayer | null) => setLabels((before) => ({ ...before, [id]: layer })),
    [],
  );
  const summaryId = useId();
  const isRelief = drawing === "relief" && renderer !== null;
  const viewpointOf = (id: string) => (linked ? compare.viewpoints.shared : compare.viewpoints.of(id));
  return (
    <div
      ref={root}
      className="panes"
      style={{ gridTemplateColumns: `repeat(${paneColumns(panes.length, width)}, minmax(0, 1fr))` }}
    >
      {isRelief && (
        <Suspense fallback={<Loader size="sm" className="panes-loader" />}>
          <PaneSheet views={views} software={renderer.software} capture={capture}>
            {panes.map(({ id, figure }) => {
              const [place, layer] = [places[id], labels[id]];
              return (
                figure &&
                place &&
                layer && (
                  <PaneScene
                    key={id}
                    views={views}
                    runId={id}
                    figure={figure}
                    view={view}
                    cursor={cursor}
                    place={place}
                    palette={palette}
                    viewpoint={viewpointOf(id)}
                    labels={layer}
                    movingStride={
                      renderer.software ? Math.max(2, Math.round(figure.display.columns / movingVertices)) : 1
                    }
                  />
                )
              );
            })}
          </PaneSheet>
        </Suspense>
      )}
      {panes.map((pane) => {
        const { id, figure, colour, name } = pane;
        const title = `${name.title}, ${name.detail}`;
        const describedBy = `${summaryId}-${id}`;
        const shared = { title, view, describedBy };
        return (
          <PaneFrame key={id} pane={pane} summaryId={describedBy}>
            {figure === null ? (
              <div className="pane-picture" />
            ) : drawing === "map" ? (
              <MapPane figure={figure} cursor={cursor} onCursor={onCursor} {...shared}>
                <MapMarks figure={figure} />
              </MapPane>
            ) : drawing === "line" ? (
              <LinePane figure={figure} colour={colour} {...shared} />
            ) : isRelief ? (
              <ReliefPane
                {...shared}
                runId={id}
                figure={figure}
                viewpoint={viewpointOf(id)}
                views={views}
                track={track(id)}
                onCursor={onCursor}
                onLabels={onLabels}
              />
            ) : (
              <p className="pane-picture pane-message">
                This browser offers no WebGL 2, which reliefs need. Maps and lines work without it.
              </p>
            )}
          </PaneFrame>
        );
      })}
    </div>
  );
}
