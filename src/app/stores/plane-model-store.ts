/**
 * The quadratic model of the plane on the plate. Asked for once a plane while the view shows it, and kept for the planes
 * of late: going back to one is immediate.
 */

import { createStore, type StoreApi } from "zustand/vanilla";
import type { QuadraticModel } from "../../experiment/curvature.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobHandle, JobRunner } from "../../jobs/jobs.ts";
import type { JobStatus } from "./job-status.ts";
import { hessianRefusal, type Plane, planeOf, samePlane } from "./plane.ts";
import type { SettingsStore } from "./settings/settings-store.ts";
import type { SurfaceStore } from "./surface-store.ts";

export interface PlaneModelState {
  readonly status: JobStatus;
  /** What the status and the model are of. */
  readonly plane: Plane | null;
  readonly model: QuadraticModel | null;
  readonly message: string | null;
  /** Asks again for the plane that failed or was cancelled. */
  retry(): void;
  cancel(): void;
}

export type PlaneModelStore = StoreApi<PlaneModelState>;

const keptCount = 12;

const nothing = { status: "idle", plane: null, model: null, message: null } as const;

export interface PlaneModelOptions {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly surface: SurfaceStore;
  readonly settings: SettingsStore;
}

export function createPlaneModelStore({ runner, backend, surface, settings }: PlaneModelOptions): PlaneModelStore {
  const kept: { readonly plane: Plane; readonly model: QuadraticModel }[] = [];
  let handle: JobHandle<"quadraticModel"> | null = null;

  const store = createStore<PlaneModelState>((set, get) => {
    const ask = async (plane: Plane): Promise<void> => {
      const { spec, weights } = plane.source;
      const current = runner().start("quadraticModel", { spec, weights, plane: plane.request, backend });
      handle = current;
      set({ ...nothing, status: "running", plane });
      try {
        const model = await current.result;
        kept.unshift({ plane, model });
        kept.splice(keptCount);
        if (handle === current) set({ status: "complete", model });
      } catch (error) {
        if (handle !== current) return;
        const isAbort = error instanceof Error && error.name === "AbortError";
        if (isAbort) set({ status: "cancelled" });
        else set({ status: "failed", message: error instanceof Error ? error.message : String(error) });
      } finally {
        if (handle === current) handle = null;
      }
    };

    /** Follows what is on the plate and whether its model is wanted. */
    const follow = (): void => {
      const { view } = settings.getState().current;
      const on = surface.getState();
      const plane = view.quadraticModel ? planeOf(on) : null;
      const before = get().plane;
      if (plane && before && samePlane(plane, before)) return;
      const dropped = handle;
      handle = null;
      dropped?.cancel();
      if (!plane || hessianRefusal(plane.source.spec, plane.request, on)) {
        if (get().status !== "idle") set(nothing);
        return;
      }
      const known = kept.find((entry) => samePlane(entry.plane, plane));
      if (known) set({ ...nothing, status: "complete", plane, model: known.model });
      else void ask(plane);
    };
    surface.subscribe((now, before) => {
      if (now.request !== before.request || now.source !== before.source || now.settings !== before.settings) follow();
    });
    settings.subscribe((now, before) => {
      if (now.current.view.quadraticModel !== before.current.view.quadraticModel) follow();
    });

    return {
      ...nothing,
      retry() {
        const { plane, status } = get();
        if (plane && (status === "failed" || status === "cancelled")) void ask(plane);
      },
      cancel: () => handle?.cancel(),
    };
  });
  return store;
}
