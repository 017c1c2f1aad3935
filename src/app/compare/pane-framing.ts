/** How much room a relief takes in its pane: it fills the pane wherever the camera stands, and is never cut off. */
import type { Orbit } from "../figure/orbit.ts";
import type { Relief } from "../figure/relief.ts";
import type { Framing } from "../scene/camera-rig.tsx";

/** What tick labels and the axes' names take around the box, in world units. */
const labelRoom = { above: 0.19, beside: 0.13 };

/** The box's floor turns within a circle; upwards it is foreshortened, and its height adds to it. */
export function paneFraming({ halfWidth, halfDepth, top }: Relief, { elevation }: Pick<Orbit, "elevation">): Framing {
  const radius = Math.hypot(halfWidth, halfDepth);
  const slant = Math.abs(Math.sin(elevation));
  const height = radius * slant + (top / 2) * Math.cos(elevation);
  return { height: height + labelRoom.above, width: radius + labelRoom.beside };
}
