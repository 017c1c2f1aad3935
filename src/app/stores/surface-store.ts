/**
 * One surface or line as it streams in. Values live in a ProgressiveGrid outside React's state; `revision` in the state
 * says that they changed. A new request cancels the running stream and keeps every value that still holds.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import type { Surface, SurfaceReport, SurfaceRequest } from "../../experiment/surface.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import { createJobSlot } from "./job-slot.ts";
import type { JobStatus } from "./job-status.ts";
import { type PartialSurface, partialSurface } from "./partial-surface.ts";
import { type Measured, reusableCells } from "./reusable-cells.ts";
import type { SurfaceSource } from "./surface-source.ts";

export interface SurfaceProgress {
  readonly done: number;
  readonly evaluations: number;
  readonly etaSeconds: number;
  readonly gflopPerSecond: number;
}

export interface SurfaceState {
  readonly status: JobStatus;
  readonly grid: ProgressiveGrid | null;
  readonly revision: number;
  readonly settings: SurfaceView | null;
  /** The settings with their directions computed; null until they are, and of a surface that was kept. */
  readonly request: SurfaceRequest | null;
  readonly source: SurfaceSource | null;
  readonly backend: string | null;
  readonly progress: SurfaceProgress | null;
  readonly report: SurfaceReport | null;
  readonly message: string | null;
  /** GFLOP/s that surfaces have last reached here. */
  readonly speed: number | null;
  /** Kept from before around weights that are not those of its source: to be looked at, not to be continued. */
  readonly isOrphan: boolean;
  /** Cancels what runs and streams anew; points measured of the same function are taken over. */
  measure(source: SurfaceSource, settings: SurfaceView): void;
  cancel(): void;
  /** Cancels, and shows nothing. */
  clear(): void;
  /** Puts a kept surface on the plate. */
  restore(source: SurfaceSource, settings: SurfaceView, surface: Surface, isOrphan: boolean): void;
  /** Says along which directions a kept surface lies, where no name stands for them: with them it can go on. */
  recall(request: SurfaceRequest): void;
}

const unmeasured: Measured = { grid: null, source: null, request: null, report: null };

export type SurfaceStore = StoreApi<SurfaceState>;

export interface SurfaceServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  /** The directions that the settings name; a promise where they are to be computed first. Rejects when they can't be. */
  readonly request: (
    source: SurfaceSource,
    settings: SurfaceView,
    signal: AbortSignal,
  ) => SurfaceRequest | Promise<SurfaceRequest>;
  /** Keeps a surface: whole, cancelled, or what there is of one that goes on. Resolves when it is kept, or cannot be. */
  readonly keep: (source: SurfaceSource, surface: Surface) => Promise<void>;
}

export function createSurfaceStore({ runner, backend, request: findRequest, keep }: SurfaceServices): SurfaceStore {
  return createStore<SurfaceState>((set, get, { getInitialState }) => {
    const slot = createJobSlot<"surface">();

    /** Follows one measurement from its directions to its end. */
    const run = (source: SurfaceSource, settings: SurfaceView, grid: ProgressiveGrid, before: Measured): void => {
      let kept: PartialSurface | null = null;
      let progress: SurfaceProgress | null = null;

      const begin = async (signal: AbortSignal) => {
        const found = findRequest(source, settings, signal);
        const request = found instanceof Promise ? await found : found;
        const known = get().grid === grid ? reusableCells(before, source, request, grid) : null;
        if (known) grid.apply(known);
        if (get().grid === grid) set({ request, revision: grid.revision });
        signal.throwIfAborted();
        const { spec, weights } = source;
        return runner().start("surface", { spec, weights, request, backend, ...(known && { known }) });
      };

      void slot.followJob(begin, {
        onEvent(event) {
          kept ??= partialSurface(event, grid, (surface) => void keep(source, surface));
          kept?.receive(event);
          if (event.kind === "started") {
            const { backend: measuredOn, evaluations } = event;
            progress = { done: 0, evaluations, etaSeconds: Number.NaN, gflopPerSecond: Number.NaN };
            set({ status: "running", backend: measuredOn, progress });
            return;
          }
          grid.apply(event);
          const { done, evaluations, etaSeconds, gflopPerSecond } = event;
          progress = { done, evaluations, etaSeconds, gflopPerSecond };
        },
        announce: () =>
          set({ status: "running", revision: grid.revision, progress, speed: progress?.gflopPerSecond ?? null }),
        keep: (report) => keep(source, { values: grid.snapshot(), report }),
        end(ending) {
          // Points may have come since the page was last told.
          const { revision } = grid;
          if (ending.kind === "complete") {
            const report = ending.result;
            set({ revision, report, status: report.status, progress: null });
            return;
          }
          kept?.keepNow();
          if (ending.kind === "cancelled") set({ status: "cancelled", revision, progress: null });
          else set({ status: "failed", revision, message: ending.message, progress: null });
        },
      });
    };

    return {
      status: "idle",
      grid: null,
      revision: 0,
      settings: null,
      request: null,
      source: null,
      backend: null,
      progress: null,
      report: null,
      message: null,
      speed: null,
      isOrphan: false,
      measure(source, settings) {
        slot.drop();
        const before = get().isOrphan ? unmeasured : get();
        const grid = new ProgressiveGrid(settings.alpha, settings.y ? settings.beta : null);
        set({
          status: "queued",
          grid,
          revision: grid.revision,
          settings,
          request: null,
          source,
          progress: null,
          report: null,
          message: null,
          isOrphan: false,
        });
        run(source, settings, grid, before);
      },
      cancel: slot.cancel,
      clear() {
        slot.drop();
        set(getInitialState());
      },
      recall(request) {
        const { status, request: known } = get();
        if (known === null && (status === "complete" || status === "cancelled")) set({ request });
      },
      restore(source, settings, { values, report }, isOrphan) {
        if (get().status !== "idle") return;
        const grid = ProgressiveGrid.fromValues(values);
        const { backend: measuredOn, status } = report;
        set({ status, grid, revision: grid.revision, settings, source, report, backend: measuredOn, isOrphan });
      },
    };
  });
}
