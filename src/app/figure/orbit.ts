/** The camera as numbers: turning, zooming and panning are pure steps between states. Angles in radians. */
import type { Point } from "./relief.ts";

export interface Orbit {
  /** Around the vertical; 0 looks along β, from the front. */
  readonly azimuth: number;
  /** Above the horizon. */
  readonly elevation: number;
  /** Multiplies the distance at which the whole relief fits. */
  readonly zoom: number;
  readonly target: Point;
}

export const homeOrbit: Orbit = { azimuth: -0.62, elevation: 0.62, zoom: 1, target: [0, 0.22, 0] };

const lowestElevation = -0.1;
const highestElevation = Math.PI / 2 - 0.001;
const nearest = 0.15;
const farthest = 3;

export function turn(orbit: Orbit, byAzimuth: number, byElevation: number): Orbit {
  return {
    ...orbit,
    azimuth: orbit.azimuth + byAzimuth,
    elevation: Math.min(highestElevation, Math.max(lowestElevation, orbit.elevation + byElevation)),
  };
}

/** `factor` above 1 comes closer. */
export function zoomBy(orbit: Orbit, factor: number): Orbit {
  return { ...orbit, zoom: Math.min(farthest, Math.max(nearest, orbit.zoom / factor)) };
}

/** Moves what is looked at by `right` and `up` in the view's plane, in world units; stays near the relief. */
export function pan(orbit: Orbit, right: number, up: number): Orbit {
  const sin = Math.sin(orbit.azimuth);
  const cos = Math.cos(orbit.azimuth);
  const tilt = Math.sin(orbit.elevation);
  const bound = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value));
  const [x, y, z] = orbit.target;
  return {
    ...orbit,
    target: [
      bound(x + right * cos - up * sin * tilt, 1.5),
      bound(y + up * Math.cos(orbit.elevation), 1.5),
      bound(z - right * sin - up * cos * tilt, 1.5),
    ],
  };
}

/** Unit vector from the target to the camera. */
export function viewDirection(orbit: Orbit): Point {
  const flat = Math.cos(orbit.elevation);
  return [flat * Math.sin(orbit.azimuth), Math.sin(orbit.elevation), flat * Math.cos(orbit.azimuth)];
}

/** A key's step, or null when the key does not move the camera. Shift pans instead of turning. */
export function orbitForKey(orbit: Orbit, key: string, shift: boolean): Orbit | null {
  const angle = Math.PI / 24;
  const shiftStep = 0.08;
  switch (key) {
    case "ArrowLeft":
      return shift ? pan(orbit, -shiftStep, 0) : turn(orbit, -angle, 0);
    case "ArrowRight":
      return shift ? pan(orbit, shiftStep, 0) : turn(orbit, angle, 0);
    case "ArrowUp":
      return shift ? pan(orbit, 0, shiftStep) : turn(orbit, 0, angle);
    case "ArrowDown":
      return shift ? pan(orbit, 0, -shiftStep) : turn(orbit, 0, -angle);
    case "+":
    case "=":
      return zoomBy(orbit, 1.15);
    case "-":
    case "_":
      return zoomBy(orbit, 1 / 1.15);
    case "0":
      return homeOrbit;
    case "7":
      return { ...homeOrbit, azimuth: 0, elevation: highestElevation };
    case "1":
      return { ...homeOrbit, azimuth: 0, elevation: 0.12 };
    default:
      return null;
  }
}
