/** The training's path over the relief. The replay moves it without React: one uniform, one frame. */
import { useThree } from "@react-three/fiber";
import { useEffect, useLayoutEffect, useMemo } from "react";
import type { WebGLRenderer } from "three";
import type { Figure } from "../figure/figure.ts";
import type { FigurePath } from "../figure/figure-path.ts";
import type { Relief } from "../figure/relief.ts";
import type { ScenePalette } from "../kit/scene-palette.ts";
import type { ReplayStore } from "../stores/trajectory/replay-store.ts";
import type { ViewpointStore } from "../stores/viewpoint-store.ts";
import { lightOf } from "./light.ts";
import { createPathGeometry, writePathGeometry } from "./path-geometry.ts";
import { pathInstances } from "./path-instances.ts";
import { PathMaterial } from "./path-material.ts";

export interface PathMeshProps {
  readonly figure: Figure;
  readonly path: FigurePath;
  readonly relief: Relief;
  readonly palette: ScenePalette;
  readonly viewpoint: ViewpointStore;
  readonly replay: ReplayStore;
}

export function PathMesh({ figure, path, relief, palette, viewpoint, replay }: PathMeshProps) {
  const invalidate = useThree((state) => state.invalidate);
  const materials = useMemo(() => [new PathMaterial("hidden"), new PathMaterial("seen")], []);
  const instances = useMemo(() => pathInstances(figure, path), [figure, path]);
  const count = path.step.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: new values of as many points are written below
  const geometry = useMemo(() => createPathGeometry(instances), [count]);
  useEffect(
    () => () => {
      for (const material of materials) material.dispose();
    },
    [materials],
  );
  useEffect(() => () => geometry.dispose(), [geometry]);
  useLayoutEffect(() => {
    writePathGeometry(geometry, instances);
    invalidate();
  }, [geometry, instances, invalidate]);
  const { range } = figure;
  useLayoutEffect(() => {
    for (const material of materials) {
      material.setPlace(relief, range);
      material.setPalette(palette);
    }
    invalidate();
  }, [materials, relief, range, palette, invalidate]);
  useLayoutEffect(() => {
    const follow = () => {
      for (const material of materials) material.setPosition(replay.getState().position, count);
      invalidate();
    };
    follow();
    return replay.subscribe(follow);
  }, [materials, replay, count, invalidate]);
  useEffect(() => () => invalidate(), [invalidate]);
  const beforeRender = (_renderer: WebGLRenderer) => {
    for (const material of materials) {
      material.uniforms.lightDirection.value.set(...lightOf(viewpoint.getState().orbit));
      material.uniformsNeedUpdate = true;
    }
  };
  // What the relief hides is drawn first, faintly: the tube itself hides nothing of it.
  return materials.map((material, index) => (
    <mesh
      key={material.uuid}
      geometry={geometry}
      material={material}
      frustumCulled={false}
      renderOrder={index === 0 ? 1 : 3}
      onBeforeRender={beforeRender}
    />
  ));
}
