/**
 * The quadratic model of the plane on the plate. Asked for once a plane while the view shows it, and kept for the planes
 * of late: going back to one is immediate.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { QuadraticModel } from "../../experiment/curvature.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import { createJobSlot } from "./job-slot.ts";
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

const idle = { status: "idle", plane: null, model: null, message: null } as const;

export interface PlaneModelOptions {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly surface: SurfaceStore;
  readonly settings: SettingsStore;
}

export function createPlaneModelStore({ runner, backend, surface, settings }: PlaneModelOptions): PlaneModelStore {
  const kept: { readonly plane: Plane; readonly model: QuadraticModel }[] = [];
  const slot = createJobSlot<"quadraticModel">();

  const store = createStore<PlaneModelState>((set, get) => {
    const ask = (plane: Plane): void => {
      const { spec, weights } = plane.source;
      const params = { spec, weights, plane: plane.request, backend };
      set({ ...idle, status: "running", plane });
      void slot.followJob(() => runner().start("quadraticModel", params), {
        end(ending) {
          if (ending.kind === "cancelled") set({ status: "cancelled" });
          else if (ending.kind === "failed") set({ status: "failed", message: ending.message });
          else {
            kept.unshift({ plane, model: ending.result });
            kept.splice(keptCount);
            set({ status: "complete", model: ending.result });
          }
        },
      });
    };

    /** Follows what is on the plate and whether its model is wanted. */
    const follow = (): void => {
      const { view } = settings.getState().current;
      const shown = surface.getState();
      const plane = view.quadraticModel ? planeOf(shown) : null;
      const before = get().plane;
      if (plane && before && samePlane(plane, before)) return;
      slot.drop();
      if (!plane || hessianRefusal(plane.source.spec, plane.request, shown)) {
        if (get().status !== "idle") set(idle);
        return;
      }
      const known = kept.find((entry) => samePlane(entry.plane, plane));
      if (known) set({ ...idle, status: "complete", plane, model: known.model });
      else ask(plane);
    };
    surface.subscribe((now, before) => {
      if (now.request !== before.request || now.source !== before.source || now.settings !== before.settings) follow();
    });
    settings.subscribe((now, before) => {
      if (now.current.view.quadraticModel !== before.current.view.quadraticModel) follow();
    });

    return {
      ...idle,
      retry() {
        const { plane, status } = get();
        if (plane && (status === "failed" || status === "cancelled")) ask(plane);
      },
      cancel: slot.cancel,
    };
  });
  return store;
}
