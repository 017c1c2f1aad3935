/**
 * The relief's code, and whether this browser can draw it: asked in a task of its own, since a throw-away WebGL context
 * takes about as long as the page's first rendering may.
 */
import type { ComponentType } from "react";
import { probeRenderer } from "../scene/renderer-kind.ts";
import type { SurfaceSceneProps } from "../scene/surface-scene.tsx";

export type ReliefProps = Omit<SurfaceSceneProps, "software">;

export async function loadRelief(): Promise<{ default: ComponentType<ReliefProps> }> {
  const [{ default: SurfaceScene }, renderer] = await Promise.all([import("../scene/surface-scene.tsx"), probeLater()]);
  if (!renderer) return { default: NoRelief };
  const { software } = renderer;
  return { default: (props) => <SurfaceScene {...props} software={software} /> };
}

const probeLater = () =>
  new Promise<ReturnType<typeof probeRenderer>>((resolve) => {
    setTimeout(() => resolve(probeRenderer()));
  });

function NoRelief() {
  return (
    <p className="figure-empty">
      This browser offers no WebGL 2, which the relief needs. The contour map and the exports work without it.
    </p>
  );
}
