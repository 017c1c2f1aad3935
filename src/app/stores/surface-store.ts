/**
 * One surface or line as it streams in. Values live in a ProgressiveGrid outside React's state; `revision` in the state
 * says that they changed. A new request cancels the running stream and keeps every value that still holds.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spec } from "../../experiment/spec.ts";
import type { SurfaceReport, Weights } from "../../experiment/surface.ts";
import type { JobHandle, JobRunner, KnownCells, SurfaceEvent } from "../../jobs/jobs.ts";
import { ProgressiveGrid } from "../figure/progressive-grid.ts";
import { type SurfaceSettings, sameFunction, toRequest } from "./settings.ts";

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
  readonly settings: SurfaceSettings | null;
  readonly source: SurfaceSource | null;
  readonly backend: string | null;
  readonly progress: SurfaceProgress | null;
  readonly report: SurfaceReport | null;
  readonly message: string | null;
  /** Cancels what runs and streams anew; points measured of the same function are taken over. */
  measure(source: SurfaceSource, settings: SurfaceSettings): void;
  cancel(): void;
  clear(): void;
}

export type SurfaceStore = StoreApi<SurfaceState>;

export function createSurfaceStore(runner: () => JobRunner): SurfaceStore {
  return createStore<SurfaceState>((set, get) => {
    let handle: JobHandle<"surface"> | null = null;

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
      set({ status: "running", revision: grid.revision, progress: { done, evaluations, etaSeconds, gflopPerSecond } });
    };

    const follow = async (current: JobHandle<"surface">, grid: ProgressiveGrid) => {
      const isCurrent = () => get().grid === grid;
      try {
        for await (const event of current.events) if (isCurrent()) onEvent(event, grid);
        const { values, report } = await current.result;
        if (!isCurrent()) return;
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
      measure(source, settings) {
        handle?.cancel();
        const request = toRequest(settings);
        const grid = new ProgressiveGrid(request.alpha, request.y ? request.beta : null);
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
        });
        const { spec, weights } = source;
        handle = runner().start("surface", { spec, weights, request, backend: "auto", ...(known ? { known } : {}) });
        void follow(handle, grid);
      },
      cancel: () => handle?.cancel(),
      clear() {
        handle?.cancel();
        set({ status: "idle", grid: null, settings: null, source: null, report: null, progress: null, message: null });
      },
    };
  });
}

function keptCells(
  before: SurfaceState,
  source: SurfaceSource,
  settings: SurfaceSettings,
  grid: ProgressiveGrid,
): KnownCells | null {
  if (!before.grid || !before.settings || before.source?.weights !== source.weights) return null;
  if (!sameFunction(before.settings, settings)) return null;
  const known = before.grid.knownIn(grid);
  return known.cells.length > 0 ? known : null;
}
