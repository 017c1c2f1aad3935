/** The box around the relief with its grid and its labels. Rebuilt only when the camera changes sides. */
import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useMemo, useState } from "react";
import { BufferGeometry, Float32BufferAttribute } from "three";
import type { Point, Relief } from "../figure/relief.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import type { ViewpointStore } from "../stores/viewpoint-store.ts";
import { type AxesTicks, layOutAxes, quadrantOf, sameQuadrant } from "./axes-layout.ts";
import type { LabelLayer, SceneLabel } from "./label-layer.ts";

export interface AxesFrameProps {
  readonly relief: Relief;
  readonly ticks: AxesTicks;
  readonly pins: readonly SceneLabel[];
  readonly palette: ScenePalette;
  readonly viewpoint: ViewpointStore;
  readonly labels: LabelLayer;
}

export function AxesFrame({ relief, ticks, pins, palette, viewpoint, labels }: AxesFrameProps) {
  const [quadrant, setQuadrant] = useState(() => quadrantOf(viewpoint.getState().orbit));
  const invalidate = useThree((state) => state.invalidate);
  useEffect(
    () =>
      viewpoint.subscribe(({ orbit }) => {
        const next = quadrantOf(orbit);
        if (!sameQuadrant(next, quadrant)) setQuadrant(next);
      }),
    [viewpoint, quadrant],
  );
  const layout = useMemo(() => layOutAxes(relief, ticks, quadrant), [relief, ticks, quadrant]);
  useEffect(() => {
    labels.setLabels([...layout.labels, ...pins]);
    invalidate();
  }, [labels, layout, pins, invalidate]);
  useFrame(({ camera, size }) => labels.place(camera, size.width, size.height));
  return (
    <>
      <Lines points={layout.grid} colour={palette.gridLine} layer="behind" />
      <Lines points={layout.frame} colour={palette.frameLine} layer="behind" />
    </>
  );
}

export interface LinesProps {
  /** Pairs of points, one segment each. */
  readonly points: readonly Point[];
  readonly colour: string;
  /** Behind the relief whatever the depth (it stands on the frame's floor), or within it. */
  readonly layer: "behind" | "within";
  /** Opacity of the parts that the relief hides, 0 to 1; 0 leaves them out. */
  readonly hiddenOpacity?: number;
}

const renderOrders = { behind: -1, within: 0, over: 2 } as const;

export function Lines({ points, colour, layer, hiddenOpacity = 0 }: LinesProps) {
  const geometry = useMemo(() => {
    const built = new BufferGeometry();
    built.setAttribute("position", new Float32BufferAttribute(points.flat(), 3));
    return built;
  }, [points]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  return (
    <>
      <lineSegments geometry={geometry} frustumCulled={false} renderOrder={renderOrders[layer]}>
        <lineBasicMaterial
          color={colour}
          transparent={layer !== "behind"}
          depthTest={layer === "within"}
          depthWrite={false}
        />
      </lineSegments>
      {hiddenOpacity > 0 && (
        <lineSegments geometry={geometry} frustumCulled={false} renderOrder={renderOrders.over}>
          <lineBasicMaterial color={colour} transparent opacity={hiddenOpacity} depthTest={false} depthWrite={false} />
        </lineSegments>
      )}
    </>
  );
}
