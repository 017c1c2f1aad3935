/** The light stands at the viewer's upper left, as on printed maps: relief never reads inside out. */
import { type Orbit, viewDirection } from "../figure/orbit.ts";
import type { Point } from "../figure/relief.ts";

/** Unit vector towards the light. */
export const lightOf = (orbit: Orbit): Point =>
  viewDirection({ ...orbit, azimuth: orbit.azimuth - 0.9, elevation: 0.8 });
