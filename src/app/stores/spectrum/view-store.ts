/** How curvature is drawn: nothing here is measured anew. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { DensityAxis } from "../../../curvature/estimators/density.ts";

export interface SpectrumViewState {
  readonly densityAxis: DensityAxis;
  readonly densityHeight: "log" | "linear";
  /** σ over the span of the nodes, as log₁₀; the same on both axes. */
  readonly logSigma: number;
  /** Place of the inspected eigenvector among the pairs found. */
  readonly pair: number;
  /** The layer whose filters are shown; null for the layer of most energy. */
  readonly layer: string | null;
  /** Places of the pair that a surface is drawn along. */
  readonly along: readonly [alpha: number, beta: number];
  set(change: Partial<Omit<SpectrumViewState, "set">>): void;
}

export type SpectrumViewStore = StoreApi<SpectrumViewState>;

export function createSpectrumViewStore(): SpectrumViewStore {
  return createStore<SpectrumViewState>((set) => ({
    densityAxis: "linear",
    densityHeight: "log",
    logSigma: -2,
    pair: 0,
    layer: null,
    along: [0, 1],
    set: (change) => set(change),
  }));
}
