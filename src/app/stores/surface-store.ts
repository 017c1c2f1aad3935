/**
 * One surface or line as it streams in. Values live in a ProgressiveGrid outside React's state; `revision` in the state
 * says that they changed. A new request cancels the running stream and keeps every value that still holds.
 */

import { createStore, type StoreApi } from "zustand/vanilla";
import type { Surface, SurfaceReport, SurfaceRequest } from "../../experiment/surface.ts";
import type { SurfaceView } from "../../experiment/surface-view.ts";
import type { BackendChoice } from "../../jobs/device-jobs.ts";
import type { JobRunner } from "../../jobs/jobs.ts";
import type { SurfaceEvent } from "../../jobs/surface-jobs.ts";
import { ProgressiveGrid } from "../figure/progressive-grid.ts";
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
  /** The settings with their directions at hand; null until they are, and of a surface that was kept. */
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

/** Tiles may come by the hundred a second; the page is told of them this often. */
const announceEveryMs = 80;

const nothing: Measured = { grid: null, source: null, request: null, report: null };

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
  /** Whole, cancelled, or what there is of one that goes on. */
  /** Resolves when it is kept, or cannot be. */
  readonly keep: (source: SurfaceSource, surface: Surface) => Promise<void>;
}

export function createSurfaceStore({ runner, backend, request: findRequest, keep }: SurfaceServices): SurfaceStore {
  return createStore<SurfaceState>((set, get, { getInitialState }) => {
    let stop: AbortController | null = null;

    /** Follows one measurement from its directions to its end. Whatever is no longer the current one writes nothing. */
    const run = async (source: SurfaceSource, settings: SurfaceView, grid: ProgressiveGrid, before: Measured) => {
      const stopping = new AbortController();
      stop = stopping;
      const { signal } = stopping;
      const isCurrent = () => get().grid === grid;
      let kept: PartialSurface | null = null;
      try {
        const found = findRequest(source, settings, signal);
        const request = found instanceof Promise ? await found : found;
        if (!isCurrent()) return;
        const known = reusableCells(before, source, request, grid);
        if (known) grid.apply(known);
        set({ request, revision: grid.revision });
        signal.throwIfAborted();
        const { spec, weights } = source;
        const handle = runner().start("surface", { spec, weights, request, backend, ...(known && { known }) });
        signal.addEventListener("abort", () => handle.cancel());
        for await (const event of handle.events) {
          if (!isCurrent()) continue;
          kept ??= partialSurface(event, grid, (surface) => void keep(source, surface));
          kept?.receive(event);
          onEvent(event, grid);
        }
        const surface = await handle.result;
        if (!isCurrent()) return;
        await keep(source, surface);
        if (!isCurrent()) return;
        const whole = ProgressiveGrid.fromValues(surface.values);
        whole.revision = grid.revision + 1;
        const { report } = surface;
        set({ grid: whole, revision: whole.revision, report, status: report.status, progress: null });
      } catch (error) {
        if (!isCurrent()) return;
        kept?.keepNow();
        const message = signal.aborted ? null : error instanceof Error ? error.message : String(error);
        set({ status: signal.aborted ? "cancelled" : "failed", message, progress: null });
      } finally {
        if (stop === stopping) stop = null;
      }
    };

    let latest: SurfaceProgress | null = null;
    let announced = false;

    const onEvent = (event: SurfaceEvent, grid: ProgressiveGrid) => {
      if (event.kind === "started") {
        const { backend: measuredOn, evaluations } = event;
        const progress = { done: 0, evaluations, etaSeconds: Number.NaN, gflopPerSecond: Number.NaN };
        set({ status: "running", backend: measuredOn, progress });
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
      if (get().grid === grid && stop)
        set({ status: "running", revision: grid.revision, progress: latest, speed: latest?.gflopPerSecond ?? null });
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
        stop?.abort();
        const before = get().isOrphan ? nothing : get();
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
        void run(source, settings, grid, before);
      },
      cancel: () => stop?.abort(),
      clear() {
        stop?.abort();
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
