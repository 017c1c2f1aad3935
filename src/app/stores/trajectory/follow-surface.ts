/** Has the path projected anew whenever the surface that is shown changes, so that the path is of that surface's run and in its plane. */
import { type Plane, planeOf, samePlane } from "../plane.ts";
import type { SettingsStore } from "../settings/settings-store.ts";
import { findRequest, pairsNamed } from "../surface-request.ts";
import type { SurfaceStore } from "../surface-store.ts";
import { isBusy, type TrainingStore } from "../training-store.ts";
import type { TrajectoryStore } from "./trajectory-store.ts";

export interface FollowedStores {
  readonly surface: SurfaceStore;
  readonly settings: SettingsStore;
  readonly training: TrainingStore;
}

export function followSurface(store: TrajectoryStore, { surface, settings, training }: FollowedStores): void {
  let stop = new AbortController();

  /**
   * The plane of a surface kept from before a reload: its principal directions are found again; eigenvectors are not
   * solved for.
   */
  const keptPlane = async (signal: AbortSignal): Promise<Plane | null> => {
    const { source, settings: view, isOrphan } = surface.getState();
    if (!source || !view || isOrphan) return null;
    const { top, bottom } = pairsNamed(view);
    if (top + bottom > 0) return null;
    const spectrum = () => Promise.reject(new Error("Eigenvectors are not solved for."));
    const principal = store.getState().findPrincipal;
    const request = await Promise.resolve(findRequest(source, view, signal, { spectrum, principal })).catch(() => null);
    return request && { source, request };
  };

  const follow = async (signal: AbortSignal): Promise<void> => {
    const shown = surface.getState();
    const isWanted = settings.getState().current.view.path && shown.status !== "idle";
    // The directions of a surface that begins are still to come.
    const isKept = shown.request === null && shown.status !== "queued";
    const plane = isWanted ? (planeOf(shown) ?? (isKept ? await keptPlane(signal) : null)) : null;
    if (signal.aborted) return;
    const { plane: before, show } = store.getState();
    // Points that come while it trains are added when it rests.
    if (plane && before && samePlane(plane, before) && isBusy(training.getState().status)) return;
    show(plane);
  };

  // In a task of its own, so that a surface that begins is asked for first.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = () => {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    clearTimeout(timer);
    timer = setTimeout(() => void follow(signal));
  };
  surface.subscribe((now, before) => {
    const isOther = now.request !== before.request || now.source !== before.source || now.settings !== before.settings;
    if (isOther || (now.status === "idle") !== (before.status === "idle")) schedule();
  });
  settings.subscribe((now, before) => {
    if (now.current.view.path !== before.current.view.path) schedule();
  });
  training.subscribe((now, before) => {
    if (now.runId !== before.runId) store.getState().begin(now.runId, []);
    if (isBusy(before.status) && !isBusy(now.status)) schedule();
  });
  store.subscribe((now, before) => {
    if (now.points !== before.points) schedule();
  });
}
