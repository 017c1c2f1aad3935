/**
 * Every kind of material and geometry that the scene will use, drawn out of sight from the first frame on: shaders are
 * made and linked when the page opens. Otherwise the first pin or cursor would stop the page in the middle of a stream.
 */
import type { Point } from "../figure/relief.ts";
import { Lines } from "./axes-frame.tsx";

/** Behind every camera. */
const away: Point = [0, -1000, 0];
const segment: readonly Point[] = [away, away];

export function WarmUp() {
  return (
    <>
      <Lines points={segment} colour="#000000" layer="within" hiddenOpacity={0.5} />
      {[false, true].map((transparent) => (
        <mesh key={String(transparent)} position={[...away]} frustumCulled={false}>
          <sphereGeometry args={[1, 4, 3]} />
          <meshBasicMaterial transparent={transparent} />
        </mesh>
      ))}
    </>
  );
}
