/** State of the Spectrum page: what is measured of the curvature at the current weights, and how it is drawn. */
import { createContext } from "react";
import { keepingResults } from "../stores/keep-result.ts";
import { createLayoutStore, type LayoutStore } from "../stores/spectrum/layout-store.ts";
import { createSpectrumMeasurements, type SpectrumMeasurements } from "../stores/spectrum/measurements.ts";
import { createSpectrumViewStore, type SpectrumViewStore } from "../stores/spectrum/view-store.ts";
import type { SessionStores } from "./session.ts";
import { useStoresOf } from "./use-stores-of.ts";

export interface SpectrumStores {
  readonly measurements: SpectrumMeasurements;
  /** Layouts of models' parameter vectors. */
  readonly tensorLayouts: LayoutStore;
  readonly spectrumView: SpectrumViewStore;
}

export function createSpectrumStores({
  runner,
  backend,
  keeper,
}: Pick<SessionStores, "runner" | "backend" | "keeper">): SpectrumStores {
  return {
    measurements: createSpectrumMeasurements({ runner, backend, keep: keepingResults(keeper) }),
    tensorLayouts: createLayoutStore(runner),
    spectrumView: createSpectrumViewStore(),
  };
}

const context = createContext<SpectrumStores | null>(null);
export const SpectrumProvider = context.Provider;
export const useSpectrum = (): SpectrumStores => useStoresOf(context, "the Spectrum page");
