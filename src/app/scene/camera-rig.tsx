/** Puts the camera where the viewpoint says, far enough for the whole relief to fit the figure's shape. */
import { useThree } from "@react-three/fiber";
import { useLayoutEffect } from "react";
import { type PerspectiveCamera, Vector3 } from "three";
import { type Orbit, viewDirection } from "../figure/orbit.ts";
import type { ViewpointStore } from "../stores/viewpoint-store.ts";

/** What has to fit, in world units from the target: upwards the box seen at a slant, sideways its corners and labels. */
export interface Framing {
  readonly height: number;
  readonly width: number;
}

const usualFraming: Framing = { height: 1.36, width: 1.62 };
const alwaysUsual = () => usualFraming;

export interface CameraRigProps {
  readonly viewpoint: ViewpointStore;
  readonly framing?: (orbit: Orbit) => Framing;
}

export function CameraRig({ viewpoint, framing = alwaysUsual }: CameraRigProps) {
  const camera = useThree((state) => state.camera) as PerspectiveCamera;
  const size = useThree((state) => state.size);
  const invalidate = useThree((state) => state.invalidate);
  useLayoutEffect(() => {
    const apply = () => {
      const { orbit } = viewpoint.getState();
      const halfVertical = ((camera.fov / 2) * Math.PI) / 180;
      const halfHorizontal = Math.atan(Math.tan(halfVertical) * (size.width / Math.max(1, size.height)));
      const { height, width } = framing(orbit);
      const distance = orbit.zoom * Math.max(height / Math.sin(halfVertical), width / Math.sin(halfHorizontal));
      const [x, y, z] = viewDirection(orbit);
      const target = new Vector3(...orbit.target);
      camera.position.copy(target).addScaledVector(new Vector3(x, y, z), distance);
      camera.near = Math.max(0.02, distance - 4);
      camera.far = distance + 6;
      camera.lookAt(target);
      camera.updateProjectionMatrix();
      camera.updateMatrixWorld();
      invalidate();
    };
    apply();
    return viewpoint.subscribe(apply);
  }, [camera, size, viewpoint, framing, invalidate]);
  return null;
}
