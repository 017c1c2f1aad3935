/**
 * The relief's code with the small map beside it, or the map in its place; and whether this browser can draw it: asked in a task of its own, since a throw-away WebGL context
 * takes about as long as the page's first rendering may.
 */
import type { ComponentType } from "react";
import { probeRenderer } from "../scene/renderer-kind.ts";
import type { SurfaceSceneProps } from "../scene/surface-scene.tsx";
import { ContourMap, StageMap } from "./contour-map.tsx";

export interface ReliefProps extends Omit<SurfaceSceneProps, "software"> {
  /** Whether there is something to map. */
  readonly hasMap: boolean;
}

export async function loadRelief(): Promise<{ default: ComponentType<ReliefProps> }> {
  const [{ default: SurfaceScene }, renderer] = await Promise.all([import("../scene/surface-scene.tsx"), probeLater()]);
  if (!renderer) return { default: MapInstead };
  const { software } = renderer;
  return {
    default: ({ hasMap, ...scene }) => (
      <>
        <SurfaceScene {...scene} software={software} />
        {hasMap && <ContourMap figure={scene.figure} />}
      </>
    ),
  };
}

const probeLater = () =>
  new Promise<ReturnType<typeof probeRenderer>>((resolve) => {
    setTimeout(() => resolve(probeRenderer()));
  });

function MapInstead({ hasMap, figure, describedBy }: ReliefProps) {
  return hasMap ? (
    <>
      <StageMap figure={figure} describedBy={describedBy} />
      <p className="map-stage-note">From above: this browser offers no WebGL 2, which the relief needs.</p>
    </>
  ) : null;
}
