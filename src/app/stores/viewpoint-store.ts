/** Where the camera stands, shared by the scene, the keyboard, the compass and the command palette. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { homeOrbit, type Orbit } from "../figure/orbit.ts";

export interface ViewpointState {
  readonly orbit: Orbit;
  /** A drag, a glide or a key is moving the camera now; a software renderer draws coarser meanwhile. */
  readonly moving: boolean;
  set(orbit: Orbit): void;
  setMoving(moving: boolean): void;
  /** Moves there over a third of a second, or at once where less motion is asked for. */
  glideTo(orbit: Orbit): void;
}

export type ViewpointStore = StoreApi<ViewpointState>;

const glideMs = 320;

export function createViewpointStore(prefersReducedMotion: () => boolean): ViewpointStore {
  let glide = 0;
  return createStore<ViewpointState>((set, get) => ({
    orbit: homeOrbit,
    moving: false,
    set(orbit) {
      glide += 1;
      set({ orbit });
    },
    setMoving: (moving) => set({ moving }),
    glideTo(orbit) {
      glide += 1;
      if (prefersReducedMotion()) {
        set({ orbit });
        return;
      }
      const own = glide;
      const from = get().orbit;
      const startedAt = performance.now();
      set({ moving: true });
      const advance = () => {
        if (glide !== own) return;
        const t = Math.min(1, (performance.now() - startedAt) / glideMs);
        set({ orbit: between(from, orbit, 1 - (1 - t) ** 3), moving: t < 1 });
        if (t < 1) requestAnimationFrame(advance);
      };
      advance();
    },
  }));
}

/** The shorter way round. */
export function between(from: Orbit, to: Orbit, t: number): Orbit {
  const turn = to.azimuth - from.azimuth;
  const shortest = turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
  const mix = (a: number, b: number) => a + (b - a) * t;
  return {
    azimuth: from.azimuth + shortest * t,
    elevation: mix(from.elevation, to.elevation),
    zoom: from.zoom * (to.zoom / from.zoom) ** t,
    target: [0, 1, 2].map((axis) => mix(from.target[axis], to.target[axis])) as [number, number, number],
  };
}
