/**
 * One surface or line as it streams in. Values live in a ProgressiveGrid outside React's state; `revision` in the state
 * says that they changed. A new request cancels the running stream and keeps every value that still holds.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spec } from "../../experiment/spec.ts";
import type { Surface, SurfaceReport, Weights } from "../../experiment/surface.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import type { BackendChoice, JobHandle, JobRunner, KnownCells, SurfaceEvent } from "../../jobs/jobs.ts";
import { ProgressiveGrid } from "../figure/progressive-grid.ts";
import { sameFunction } from "./settings.ts";

export type SurfaceStatus = "idle" | "queued" | "running" | "complete" | "cancelled" | "failed";

/** The weights a surface is centred on, with the spec they belong to. */
export interface SurfaceSource {
  readonly spec: Spec;
  readonly weights: Weights;
  /** For the caption: "after epoch 8", "at initialisation". */
  readonly label: string;
}

export interface SurfaceProgress {
  readonly done: number;
  readonly evaluations: number;
  readonly etaSeconds: number;
  readonly gflopPerSecond: number;
}

export interface SurfaceState {
  readonly status: SurfaceStatus;
  readonly grid: ProgressiveGrid | null;
  readonly revision: number;
  readonly settings: SurfaceView | null;
  readonly source: SurfaceSource | null;
  readonly backend: string | null;
  readonly progress: SurfaceProgress | null;
  readonly report: SurfaceReport | null;
  readonly message: string | null;
  /** GFLOP/s that surfaces have last reached here. */
  readonly speed: number | null;
  /** Shown as it was kept: it is not certain that the weights at hand are those it was measured around. */
  readonly restored: boolean;
  /** Cancels what runs and streams anew; points measured of the same function are taken over. */
  measure(source: SurfaceSource, settings: SurfaceView): void;
  cancel(): void;
  /** Puts a kept surface on the plate. */
  restore(source: SurfaceSource, settings: SurfaceView, surface: Surface): void;
}

/** Tiles may come by the hundred a second; the page is told of them this often. */
const announceEveryMs = 80;

export type SurfaceStore = StoreApi<SurfaceState>;

export interface SurfaceServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly keep: (surface: Surface) => void;
}

export function createSurfaceStore({ runner, backend, keep }: SurfaceServices): SurfaceStore {
  return createStore<SurfaceState>((set, get) => {
    let handle: JobHandle<"surface"> | null = null;
    let latest: SurfaceProgress | null = null;
    let announced = false;

    const onEvent = (event: SurfaceEvent, grid: ProgressiveGrid) => {
      if (event.kind === "started") {
        const progress = {
          done: 0,
          evaluations: event.evaluations,
          etaSeconds: Number.NaN,
          gflopPerSecond: Number.NaN,
        };
        set({ status: "running", backend: event.backend, progress });
        return;
      }
      grid.apply(event);
      const { done, evaluations, etaSeconds, gflopPerSecond } = event;
      latest = { done, evaluations, etaSeconds, gflopPerSecond };
      if (announced) return;
      announced = true;
      setTimeout(() => announce(grid), announceEveryMs);
    };

    const announce = (grid: ProgressiveGrid) => {
      announced = false;
      if (get().grid === grid && handle)
        set({ status: "running", revision: grid.revision, progress: latest, speed: latest?.gflopPerSecond ?? null });
    };

    const follow = async (current: JobHandle<"surface">, grid: ProgressiveGrid) => {
      const isCurrent = () => get().grid === grid;
      try {
        for await (const event of current.events) if (isCurrent()) onEvent(event, grid);
        const surface = await current.result;
        const { values, report } = surface;
        if (!isCurrent()) return;
        keep(surface);
        const whole = ProgressiveGrid.fromValues(values);
        whole.revision = grid.revision + 1;
        set({ grid: whole, revision: whole.revision, report, status: report.status, progress: null });
      } catch (error) {
        if (!isCurrent()) return;
        set({ status: "failed", message: error instanceof Error ? error.message : String(error), progress: null });
      } finally {
        if (handle === current) handle = null;
      }
    };

    return {
      status: "idle",
      grid: null,
      revision: 0,
      settings: null,
      source: null,
      backend: null,
      progress: null,
      report: null,
      message: null,
      restored: false,
      speed: null,
      measure(source, settings) {
        handle?.cancel();
        const grid = new ProgressiveGrid(settings.alpha, settings.y ? settings.beta : null);
        const known = keptCells(get(), source, settings, grid);
        if (known) grid.apply(known);
        set({
          status: "queued",
          grid,
          revision: grid.revision,
          settings,
          source,
          progress: null,
          report: null,
          message: null,
          restored: false,
        });
        const { spec, weights } = source;
        handle = runner().start("surface", {
          spec,
          weights,
          request: settings,
          backend,
          ...(known ? { known } : {}),
        });
        void follow(handle, grid);
      },
      cancel: () => handle?.cancel(),
      restore(source, settings, { values, report }) {
        if (get().status !== "idle") return;
        const grid = ProgressiveGrid.fromValues(values);
        const { backend: measuredOn, status } = report;
        set({ status, grid, revision: grid.revision, settings, source, report, backend: measuredOn, restored: true });
      },
    };
  });
}

function keptCells(
  before: SurfaceState,
  source: SurfaceSource,
  settings: SurfaceView,
  grid: ProgressiveGrid,
): KnownCells | null {
  if (before.restored || !before.grid || !before.settings || before.source?.weights !== source.weights) return null;
  if (!sameFunction(before.settings, settings)) return null;
  const known = before.grid.knownIn(grid);
  return known.cells.length > 0 ? known : null;
}
