/** One run's relief in its part of the sheet, with its frame, marks and the cursor that all panes share. */
import { createPortal, useThree } from "@react-three/fiber";
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { PerspectiveCamera, Scene } from "three";
import type { Cursor, Figure } from "../figure/figure.ts";
import type { Orbit } from "../figure/orbit.ts";
import { type Point, reliefExtent } from "../figure/relief.ts";
import type { ViewSettings } from "../figure/view-settings.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import { AxesFrame, Lines } from "../scene/axes-frame.tsx";
import { axesTicks } from "../scene/axes-ticks.ts";
import { CameraRig } from "../scene/camera-rig.tsx";
import type { LabelLayer } from "../scene/label-layer.ts";
import { layOutPins, type Pin, pinLabels } from "../scene/mark-layout.ts";
import { CursorProfiles, Pins } from "../scene/marks.tsx";
import { ReliefMesh } from "../scene/relief-mesh.tsx";
import type { ViewpointStore } from "../stores/viewpoint-store.ts";
import { paneFraming } from "./pane-framing.ts";
import type { PanePlace } from "./pane-place.ts";
import type { PaneViews } from "./pane-views.ts";

export interface PaneSceneProps {
  readonly views: PaneViews;
  readonly runId: string;
  readonly figure: Figure;
  readonly view: ViewSettings;
  readonly cursor: Cursor | null;
  readonly place: PanePlace;
  readonly palette: ScenePalette;
  readonly viewpoint: ViewpointStore;
  readonly labels: LabelLayer;
  readonly movingStride: number;
  /** Pins in place of those over the centre and the minimum. */
  readonly pins?: readonly Pin[];
  /** A path over the relief: pairs of points. */
  readonly trace?: readonly Point[];
}

export function PaneScene({ views, runId, place, ...content }: PaneSceneProps) {
  const invalidate = useThree((state) => state.invalidate);
  const [scene] = useState(() => new Scene());
  const [camera] = useState(() => new PerspectiveCamera(28, 1, 0.1, 40));
  useEffect(() => {
    views.set(runId, { scene, camera, place });
    invalidate();
    return () => {
      views.delete(runId);
    };
  }, [views, runId, scene, camera, place, invalidate]);
  return createPortal(
    <>
      <PlaceSize place={place} camera={camera} />
      <PaneContent {...content} />
    </>,
    scene,
    { camera, size: place },
  );
}

/** Tells the portal of a new size: by itself it takes one over only when the canvas around it changes, which may be before. */
function PlaceSize({ place, camera }: { readonly place: PanePlace; readonly camera: PerspectiveCamera }) {
  const set = useThree((state) => state.set);
  useLayoutEffect(() => {
    camera.aspect = place.width / Math.max(1, place.height);
    camera.updateProjectionMatrix();
    set({ size: place });
  }, [set, place, camera]);
  return null;
}

const tickCounts = { floor: 3, value: 3 } as const;

function PaneContent(props: Omit<PaneSceneProps, "views" | "runId" | "place">) {
  const { figure, view, cursor, palette, viewpoint, labels, movingStride } = props;
  const relief = useMemo(() => reliefOf(figure, view), [figure, view]);
  const ticks = useMemo(() => axesTicks(figure, tickCounts), [figure]);
  const pins = useMemo(() => props.pins ?? layOutPins(figure, relief), [props.pins, figure, relief]);
  const labelled = useMemo(() => pinLabels(pins), [pins]);
  const framing = useCallback((orbit: Orbit) => paneFraming(relief, orbit), [relief]);
  return (
    <>
      <CameraRig viewpoint={viewpoint} framing={framing} />
      <ReliefMesh
        figure={figure}
        relief={relief}
        palette={palette}
        colourMap={view.colourMap}
        contours={view.contours}
        viewpoint={viewpoint}
        movingStride={movingStride}
      />
      <AxesFrame
        relief={relief}
        ticks={ticks}
        pins={labelled}
        palette={palette}
        viewpoint={viewpoint}
        labels={labels}
      />
      <Pins pins={pins} palette={palette} />
      {props.trace && props.trace.length > 0 && (
        <Lines points={props.trace} colour={palette.accent} layer="within" hiddenOpacity={0.28} />
      )}
      {cursor && !figure.ghost && <CursorProfiles figure={figure} relief={relief} cursor={cursor} palette={palette} />}
    </>
  );
}

export function reliefOf({ grid }: Figure, { verticalScale }: ViewSettings) {
  const alphaSpan = grid.alpha[grid.columns - 1] - grid.alpha[0];
  const betaSpan = grid.beta[grid.rows - 1] - grid.beta[0] || alphaSpan;
  return reliefExtent(alphaSpan, betaSpan, verticalScale);
}
