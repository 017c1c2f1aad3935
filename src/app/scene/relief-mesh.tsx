/** The relief itself: one mesh whose material reads the figure's display grid. */
import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import type { WebGLRenderer } from "three";
import { useStore } from "zustand";
import type { ColourMapName } from "../figure/colour-maps.ts";
import type { Figure } from "../stores/figure-store.ts";
import { createGridGeometry } from "./grid-geometry.ts";
import { viewDirection } from "./orbit.ts";
import type { Relief } from "./relief.ts";
import { ReliefMaterial, type ScenePalette } from "./relief-material.ts";
import type { ViewpointStore } from "./viewpoint-store.ts";

export interface ReliefMeshProps {
  readonly figure: Figure;
  readonly relief: Relief;
  readonly palette: ScenePalette;
  readonly colourMap: ColourMapName;
  readonly contours: boolean;
  readonly viewpoint: ViewpointStore;
  /** Draw every n-th vertex only while the camera moves; 1 draws all. */
  readonly movingStride: number;
}

export function ReliefMesh(props: ReliefMeshProps) {
  const { figure, relief, palette, colourMap, contours, viewpoint, movingStride } = props;
  const { columns, rows } = figure.display;
  const invalidate = useThree((state) => state.invalidate);
  const material = useMemo(() => new ReliefMaterial(), []);
  const moving = useStore(viewpoint, (state) => state.moving) && movingStride > 1;
  const geometry = useMemo(
    () => createGridGeometry(columns, rows, moving ? movingStride : 1),
    [columns, rows, moving, movingStride],
  );
  useEffect(() => () => material.dispose(), [material]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  useEffect(() => {
    material.setFigure(figure);
    invalidate();
  }, [material, figure, invalidate]);
  useEffect(() => {
    material.setRelief(relief);
    invalidate();
  }, [material, relief, invalidate]);
  useEffect(() => {
    material.setColourMap(colourMap, figure.metric === "accuracy");
    invalidate();
  }, [material, colourMap, figure.metric, invalidate]);
  useEffect(() => {
    material.setPalette(palette);
    material.uniforms.contourOpacity.value = contours ? 1 : 0;
    invalidate();
  }, [material, palette, contours, invalidate]);

  // For every picture, also one for a file at another resolution. The light stands at the viewer's upper left, as on
  // printed maps: relief never reads inside out.
  const beforeRender = (renderer: WebGLRenderer) => {
    const { orbit } = viewpoint.getState();
    const light = viewDirection({ ...orbit, azimuth: orbit.azimuth - 0.9, elevation: 0.8 });
    material.uniforms.lightDirection.value.set(...light);
    material.uniforms.pixelRatio.value = renderer.getPixelRatio();
    material.uniformsNeedUpdate = true;
  };
  return <mesh geometry={geometry} material={material} frustumCulled={false} onBeforeRender={beforeRender} />;
}
