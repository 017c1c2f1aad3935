/** State of the Landscape page: the surface around the current weights, what is drawn over it, and from where it is seen. */
import { createContext } from "react";
import { prefersReducedMotion } from "../kit/reduced-motion.ts";
import { type ConvexityStore, createConvexityStore } from "../stores/convexity-store.ts";
import { createDoorsStore, type DoorsStore } from "../stores/doors.ts";
import { createExampleStore, type ExampleStore } from "../stores/example-store.ts";
import { createFigureStore, type FigureStore } from "../stores/figure-store.ts";
import { keepingResults } from "../stores/keep-result.ts";
import { createPlaneModelStore, type PlaneModelStore } from "../stores/plane-model-store.ts";
import { findSpectrum } from "../stores/spectrum/find-spectrum.ts";
import type { SpectrumStore } from "../stores/spectrum/measurements.ts";
import { findRequest } from "../stores/surface-request.ts";
import { type MeasureNow, scheduleSurfaces } from "../stores/surface-schedule.ts";
import { createSurfaceStore, type SurfaceStore } from "../stores/surface-store.ts";
import { followSurface } from "../stores/trajectory/follow-surface.ts";
import { createReplayStore, type ReplayStore } from "../stores/trajectory/replay-store.ts";
import { createViewpointStore, type ViewpointStore } from "../stores/viewpoint-store.ts";
import type { SessionStores } from "./session.ts";
import { useStoresOf } from "./use-stores-of.ts";

export interface LandscapeStores {
  readonly surface: SurfaceStore;
  readonly measureNow: MeasureNow;
  readonly planeModel: PlaneModelStore;
  readonly convexity: ConvexityStore;
  readonly replay: ReplayStore;
  readonly example: ExampleStore;
  readonly doors: DoorsStore;
  readonly figure: FigureStore;
  readonly viewpoint: ViewpointStore;
}

export interface LandscapeOptions {
  readonly session: SessionStores;
  /** Where eigenvectors come from that a surface is drawn along. */
  readonly spectrum: SpectrumStore;
  readonly readExample: () => Promise<string>;
  readonly onError: (error: unknown) => void;
}

export function createLandscapeStores({ session, spectrum, readExample, onError }: LandscapeOptions): LandscapeStores {
  const { runner, backend, keeper, settings, faults, preferences, training, trajectory, currentWeights } = session;
  const keepResult = keepingResults(keeper);
  const surface = createSurfaceStore({
    runner,
    backend,
    request: (source, view, signal) =>
      findRequest(source, view, signal, {
        spectrum: (...asked) => findSpectrum(spectrum, ...asked),
        principal: (...asked) => trajectory.getState().findPrincipal(...asked),
      }),
    keep: ({ checkpoint }, measured) => {
      if (checkpoint) keeper.keepSurface(checkpoint.runId, { ...measured, step: checkpoint.step });
      return keeper.saved();
    },
  });
  const planeModel = createPlaneModelStore({ runner, backend, surface, settings });
  const convexity = createConvexityStore({
    runner,
    backend,
    surface,
    keep: (source, map) => keepResult(source, "convexity", map),
  });
  const replay = createReplayStore(prefersReducedMotion);
  followSurface(trajectory, { surface, settings, training });
  trajectory.subscribe((now, before) => {
    if (now.path?.step.length !== before.path?.step.length) replay.getState().seek(null);
  });
  const example = createExampleStore({ surface, training, read: readExample });
  return {
    surface,
    measureNow: scheduleSurfaces({ surface, settings, faults, training, preferences, currentWeights, onError }),
    planeModel,
    convexity,
    replay,
    example,
    doors: createDoorsStore(runner, backend),
    figure: createFigureStore({ surface, settings, example, planeModel, convexity, trajectory }),
    viewpoint: createViewpointStore(prefersReducedMotion),
  };
}

const context = createContext<LandscapeStores | null>(null);
export const LandscapeProvider = context.Provider;
export const useLandscape = (): LandscapeStores => useStoresOf(context, "the Landscape page");
