/** The picture of a pane with a relief: what is pointed at and turned, over the sheet that it is drawn on. */
import { useMergedRef } from "@mantine/hooks";
import { useCallback, useEffect, useRef } from "react";
import type { Cursor, Figure } from "../figure/figure.ts";
import type { ViewSettings } from "../figure/view-settings.ts";
import { LabelLayer } from "../scene/label-layer.ts";
import { orbitByKey } from "../scene/orbit-by-key.ts";
import { pickCell } from "../scene/pick-cell.ts";
import { usePointerOrbit } from "../scene/use-pointer-orbit.ts";
import type { ViewpointStore } from "../stores/viewpoint-store.ts";
import { reliefOf } from "./pane-scene.tsx";
import type { PaneViews } from "./pane-views.ts";

export interface ReliefPaneProps {
  readonly runId: string;
  readonly title: string;
  readonly figure: Figure;
  readonly view: ViewSettings;
  readonly viewpoint: ViewpointStore;
  readonly views: PaneViews;
  readonly describedBy: string;
  readonly track: (element: HTMLElement | null) => void;
  readonly onCursor: (cursor: Cursor | null) => void;
  readonly onLabels: (runId: string, labels: LabelLayer | null) => void;
}

/** The sheet scrolls under the wheel until a pane is clicked. */
const isFocused = (target: HTMLElement) => document.activeElement === target;

export function ReliefPane(props: ReliefPaneProps) {
  const { runId, title, figure, view, viewpoint, views, describedBy, track, onCursor, onLabels } = props;
  const frame = useRef<HTMLDivElement>(null);
  const ref = useMergedRef(frame, track);
  const layer = useRef<HTMLDivElement>(null);
  const onHover = useCallback(
    (x: number, y: number) => {
      const camera = views.get(runId)?.camera;
      const cell = camera && !figure.ghost ? pickCell(camera, figure, reliefOf(figure, view), x, y) : null;
      onCursor(cell);
    },
    [views, runId, figure, view, onCursor],
  );
  const onLeave = useCallback(() => onCursor(null), [onCursor]);
  usePointerOrbit(frame, viewpoint, onHover, onLeave, isFocused);
  useEffect(() => {
    if (!layer.current) return;
    const root = layer.current;
    onLabels(runId, new LabelLayer(root));
    return () => {
      onLabels(runId, null);
      root.replaceChildren();
    };
  }, [runId, onLabels]);
  return (
    <div
      ref={ref}
      className="pane-picture pane-relief"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the figure is turned by the keyboard
      tabIndex={0}
      aria-label={`${title}: surface in three dimensions. Arrow keys turn it, plus and minus zoom, 0 resets.`}
      aria-describedby={describedBy}
      onKeyDown={(event) => orbitByKey(event, viewpoint)}
    >
      <div className="scene-labels" aria-hidden ref={layer} />
    </div>
  );
}
