/** What is open and preferred on this screen; neither undone nor shared. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { PageId } from "./settings/pages.ts";

export interface InterfaceState {
  readonly page: PageId;
  /** What the plate shows once there is a surface. */
  readonly plate: "surface" | "curves";
  readonly keysOpen: boolean;
  readonly surfaceWhenTrained: boolean;
  /** Curves: weight of the past in the exponential mean, 0 to 0.98. */
  readonly smoothing: number;
  readonly curveLog: boolean;
  set(change: Partial<Omit<InterfaceState, "set">>): void;
}

export type InterfaceStore = StoreApi<InterfaceState>;

export function createInterfaceStore(): InterfaceStore {
  return createStore<InterfaceState>((set) => ({
    page: "landscape",
    plate: "surface",
    keysOpen: false,
    surfaceWhenTrained: true,
    smoothing: 0.8,
    curveLog: true,
    set: (change) => set(change),
  }));
}
