/** The quadratic model over the relief: one translucent sheet whose triangles never change. */
import { useThree } from "@react-three/fiber";
import { useEffect, useLayoutEffect, useMemo } from "react";
import type { WebGLRenderer } from "three";
import type { QuadraticModel } from "../../experiment/curvature.ts";
import type { Figure } from "../figure/figure.ts";
import type { Relief } from "../figure/relief.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import type { ViewpointStore } from "../stores/viewpoint-store.ts";
import { createGridGeometry } from "./grid-geometry.ts";
import { lightOf } from "./light.ts";
import { ModelMaterial, modelGridCount } from "./model-material.ts";

export interface ModelMeshProps {
  readonly figure: Figure;
  readonly model: QuadraticModel;
  readonly relief: Relief;
  readonly palette: ScenePalette;
  readonly contours: boolean;
  readonly viewpoint: ViewpointStore;
}

export function ModelMesh({ figure, model, relief, palette, contours, viewpoint }: ModelMeshProps) {
  const invalidate = useThree((state) => state.invalidate);
  const material = useMemo(() => new ModelMaterial(), []);
  const geometry = useMemo(() => createGridGeometry(modelGridCount, modelGridCount, 1), []);
  useEffect(() => () => material.dispose(), [material]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  const { grid, range, levels } = figure;
  useLayoutEffect(() => {
    material.setModel(model);
    material.setFigure({ grid, range, levels });
    material.setRelief(relief);
    material.setPalette(palette);
    material.uniforms.contourOpacity.value = contours ? 1 : 0;
    invalidate();
    return () => invalidate();
  }, [material, model, grid, range, levels, relief, palette, contours, invalidate]);
  const beforeRender = (renderer: WebGLRenderer) => {
    material.uniforms.lightDirection.value.set(...lightOf(viewpoint.getState().orbit));
    material.uniforms.pixelRatio.value = renderer.getPixelRatio();
    material.uniformsNeedUpdate = true;
  };
  return (
    <mesh geometry={geometry} material={material} frustumCulled={false} renderOrder={1} onBeforeRender={beforeRender} />
  );
}
