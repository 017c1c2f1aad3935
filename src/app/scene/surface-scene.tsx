/** The 3-D figure: canvas, labels over it, pointer and keyboard on it. Knows the stores; the parts below know values. */
import { Canvas, type RootState } from "@react-three/fiber";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import type { Figure } from "../figure/figure.ts";
import { reliefExtent } from "../figure/relief.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import { AxesFrame } from "./axes-frame.tsx";
import { axesTicks } from "./axes-ticks.ts";
import { CameraRig } from "./camera-rig.tsx";
import { LabelLayer } from "./label-layer.ts";
import { layOutPins, pinLabels } from "./mark-layout.ts";
import { CursorProfiles, Pins } from "./marks.tsx";
import { ModelMesh } from "./model-mesh.tsx";
import { orbitByKey } from "./orbit-by-key.ts";
import { PathMesh } from "./path-mesh.tsx";
import { pickCell } from "./pick-cell.ts";
import { pickPathPoint } from "./pick-path.ts";
import { ReliefMesh } from "./relief-mesh.tsx";
import { usePointerOrbit } from "./use-pointer-orbit.ts";
import { WarmUp } from "./warm-up.tsx";

export interface SurfaceSceneProps {
  readonly figure: Figure;
  readonly palette: ScenePalette;
  readonly software: boolean;
  /** Id of the text that says what the figure shows. */
  readonly describedBy: string;
  /** Called with a way to take a picture; with null on leaving. */
  readonly onCapture: (capture: Capture | null) => void;
}

/** Renders at twice the screen's resolution and hands the canvas to `use`, which has to copy it at once. */
export type Capture = (use: (picture: HTMLCanvasElement) => void) => void;

export default function SurfaceScene(props: SurfaceSceneProps) {
  const { figure, palette, software, describedBy, onCapture } = props;
  const { settings } = useSession();
  const { figure: figureStore, replay, viewpoint } = useLandscape();
  const frame = useRef<HTMLDivElement>(null);
  const root = useRef<RootState>(null);
  const [labels, setLabels] = useState<LabelLayer | null>(null);
  const view = useStore(settings, (state) => state.current.view);
  const cursor = useStore(figureStore, (state) => state.cursor);
  const { grid } = figure;
  const alphaSpan = grid.alpha[grid.columns - 1] - grid.alpha[0];
  const betaSpan = grid.beta[grid.rows - 1] - grid.beta[0] || alphaSpan;
  const relief = useMemo(
    () => reliefExtent(alphaSpan, betaSpan, view.verticalScale),
    [alphaSpan, betaSpan, view.verticalScale],
  );
  const ticks = useMemo(() => axesTicks(figure), [figure]);
  const pins = useMemo(() => layOutPins(figure, relief), [figure, relief]);
  const labelled = useMemo(() => pinLabels(pins), [pins]);

  const onHover = useCallback(
    (x: number, y: number) => {
      const state = root.current;
      if (!state) return;
      const point = pickPathPoint(state.camera, figure, relief, [x, y], state.size);
      replay.getState().hover(point);
      figureStore.getState().setCursor(point === null ? pickCell(state.camera, figure, relief, x, y) : null);
    },
    [figure, relief, figureStore, replay],
  );
  const onLeave = useCallback(() => {
    replay.getState().hover(null);
    figureStore.getState().setCursor(null);
  }, [figureStore, replay]);
  usePointerOrbit(frame, viewpoint, onHover, onLeave);

  useEffect(() => {
    onCapture((use) => {
      const { gl, scene, camera } = root.current!;
      const onScreen = gl.getPixelRatio();
      gl.setPixelRatio(Math.max(2, onScreen));
      gl.render(scene, camera);
      use(gl.domElement);
      gl.setPixelRatio(onScreen);
      gl.render(scene, camera);
    });
    return () => onCapture(null);
  }, [onCapture]);

  return (
    <div
      ref={frame}
      className="scene"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the figure is turned by the keyboard
      tabIndex={0}
      aria-label="Surface in three dimensions. Arrow keys turn it, plus and minus zoom, 0 resets."
      aria-describedby={describedBy}
      onKeyDown={(event) => orbitByKey(event, viewpoint)}
    >
      <Canvas
        frameloop="demand"
        flat
        dpr={software ? 1 : [1, 2]}
        gl={{ antialias: !software, alpha: true, powerPreference: "high-performance" }}
        camera={{ fov: 28, near: 0.1, far: 40 }}
        onCreated={(state) => {
          root.current = state;
          state.gl.debug.checkShaderErrors = import.meta.env.DEV;
        }}
        aria-hidden
      >
        <CameraRig viewpoint={viewpoint} />
        <ReliefMesh
          figure={figure}
          relief={relief}
          palette={palette}
          colourMap={view.colourMap}
          contours={view.contours}
          viewpoint={viewpoint}
          movingStride={software ? Math.max(2, Math.round(figure.display.columns / 64)) : 1}
        />
        {figure.model && (
          <ModelMesh
            figure={figure}
            model={figure.model}
            relief={relief}
            palette={palette}
            contours={view.contours}
            viewpoint={viewpoint}
          />
        )}
        {figure.path && (
          <PathMesh
            figure={figure}
            path={figure.path}
            relief={relief}
            palette={palette}
            viewpoint={viewpoint}
            replay={replay}
          />
        )}
        {labels && (
          <AxesFrame
            relief={relief}
            ticks={ticks}
            pins={labelled}
            palette={palette}
            viewpoint={viewpoint}
            labels={labels}
          />
        )}
        <WarmUp />
        <Pins pins={pins} palette={palette} />
        {cursor && !figure.ghost && (
          <CursorProfiles figure={figure} relief={relief} cursor={cursor} palette={palette} />
        )}
      </Canvas>
      <div
        className="scene-labels"
        aria-hidden
        ref={(element) => {
          if (element && !labels) setLabels(new LabelLayer(element));
        }}
      />
    </div>
  );
}
