/** The relief itself: one mesh whose material reads the figure's display grid. */
import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import type { WebGLRenderer } from "three";
import { useStore } from "zustand";
import { type ColourMapName, colourTable, convexityColours } from "../figure/colour-maps.ts";
import type { Figure } from "../figure/figure.ts";
import { unmeasuredOpacity } from "../figure/figure-colours.ts";
import type { Relief } from "../figure/relief.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import type { ViewpointStore } from "../stores/viewpoint-store.ts";
import { sharedGridGeometry } from "./grid-geometry.ts";
import { lightOf } from "./light.ts";
import { ReliefMaterial } from "./relief-material.ts";

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
  const isLayered = figure.layer !== null;
  const invalidate = useThree((state) => state.invalidate);
  const material = useMemo(() => new ReliefMaterial(), []);
  const moving = useStore(viewpoint, (state) => state.moving) && movingStride > 1;
  const geometry = useMemo(
    () => sharedGridGeometry(columns, rows, moving ? movingStride : 1),
    [columns, rows, moving, movingStride],
  );
  useEffect(() => () => material.dispose(), [material]);
  const { display, range, levels, layer } = figure;
  useEffect(() => {
    material.setDisplay(display);
    invalidate();
  }, [material, display, invalidate]);
  useEffect(() => {
    material.setScale({ range, levels });
    invalidate();
  }, [material, range, levels, invalidate]);
  const unmeasuredHue = unmeasuredOpacity(figure);
  useEffect(() => {
    material.setUnmeasuredHue(unmeasuredHue);
    invalidate();
  }, [material, unmeasuredHue, invalidate]);
  useEffect(() => {
    material.setLayer(layer);
    invalidate();
  }, [material, layer, invalidate]);
  useEffect(() => {
    material.setRelief(relief);
    invalidate();
  }, [material, relief, invalidate]);
  useEffect(() => {
    if (isLayered) material.setColours(colourTable(convexityColours));
    else material.setColours(colourTable(colourMap, figure.metric === "accuracy"));
    invalidate();
  }, [material, isLayered, colourMap, figure.metric, invalidate]);
  useEffect(() => {
    material.setPalette(palette);
    material.uniforms.contourOpacity.value = contours ? 1 : 0;
    invalidate();
  }, [material, palette, contours, invalidate]);

  // For every picture, also one for a file at another resolution.
  const beforeRender = (renderer: WebGLRenderer) => {
    material.uniforms.lightDirection.value.set(...lightOf(viewpoint.getState().orbit));
    material.uniforms.pixelRatio.value = renderer.getPixelRatio();
    material.uniformsNeedUpdate = true;
  };
  return <mesh geometry={geometry} material={material} frustumCulled={false} onBeforeRender={beforeRender} />;
}
