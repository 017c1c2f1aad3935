/** The sheet under all panes: one canvas, one renderer, one set of shaders; a scissor for every pane. */
import { Canvas, type RootState, useFrame } from "@react-three/fiber";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import type { Capture } from "../scene/surface-scene.tsx";
import { type PaneViews, renderPanes } from "./pane-views.ts";

export interface PaneSheetProps {
  readonly views: PaneViews;
  readonly software: boolean;
  readonly capture: RefObject<Capture | null>;
  readonly children: ReactNode;
}

export default function PaneSheet({ views, software, capture, children }: PaneSheetProps) {
  const root = useRef<RootState>(null);
  useEffect(() => {
    capture.current = (use) => {
      const { gl, size } = root.current!;
      const onScreen = gl.getPixelRatio();
      gl.setPixelRatio(Math.max(2, onScreen));
      renderPanes(gl, views, size.height);
      use(gl.domElement);
      gl.setPixelRatio(onScreen);
      renderPanes(gl, views, size.height);
    };
    return () => {
      capture.current = null;
    };
  }, [capture, views]);
  return (
    <div className="pane-sheet">
      <Canvas
        frameloop="demand"
        flat
        dpr={software ? 1 : [1, 2]}
        gl={{ antialias: !software, alpha: true, powerPreference: "high-performance" }}
        onCreated={(state) => {
          root.current = state;
          state.gl.debug.checkShaderErrors = import.meta.env.DEV;
        }}
        aria-hidden
      >
        <RenderPanes views={views} />
        {children}
      </Canvas>
    </div>
  );
}

function RenderPanes({ views }: { readonly views: PaneViews }) {
  useFrame(({ gl, size }) => renderPanes(gl, views, size.height), 1);
  return null;
}
