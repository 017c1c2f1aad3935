/**
 * A surface for every compared run, measured one after another with the same settings. What is kept of a run around the
 * same weights is taken over, whole or in part; what is measured is kept with the run unless a finer surface is there.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Spectrum } from "../../../experiment/curvature.ts";
import type { Surface } from "../../../experiment/surface.ts";
import type { SurfaceView } from "../../../experiment/surface-view.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import type { JobStatus } from "../job-status.ts";
import type { RunKeeper } from "../run-keeper.ts";
import { findSpectrum, holds } from "../spectrum/find-spectrum.ts";
import { createMeasurement, type SpectrumStore } from "../spectrum/measurements.ts";
import { findRequest, type PairCounts } from "../surface-request.ts";
import type { SurfaceSource } from "../surface-source.ts";
import { createSurfaceStore, type SurfaceStore } from "../surface-store.ts";
import { viewOfReport } from "../view-of-report.ts";
import { isRepeatable } from "./kept-view.ts";
import { type CompareMemory, comparedRun, isOf } from "./memory.ts";
import type { CompareRunsStore, LoadedRun } from "./runs.ts";

export interface CompareSurfacesState {
  /** Stores of the present runs, by run. */
  readonly stores: Readonly<Record<string, SurfaceStore>>;
  /** The run whose turn it is; null while nothing is measured. */
  readonly measuring: string | null;
  /** A store for every loaded run, with the surface kept around its weights. */
  hold(runs: readonly LoadedRun[]): void;
  /** Shows what is kept in the plane that is asked for now, where another is shown. */
  showKept(): void;
  /** Every run's surface, in turn; those that are whole already stay. Cancels a queue that runs. */
  measure(runs: readonly LoadedRun[], settings: SurfaceView): Promise<void>;
  /** Ends the queue; what is measured stays. */
  cancel(): void;
}

export interface CompareSurfaces {
  readonly surfaces: StoreApi<CompareSurfacesState>;
  /** Eigenpairs that surfaces are measured along, one run's at a time. */
  readonly spectrum: SpectrumStore;
}

export interface CompareSurfacesServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly keeper: RunKeeper;
  readonly runs: CompareRunsStore;
  readonly memory: CompareMemory;
  /** The surfaces that are asked for now. */
  readonly wanted: () => SurfaceView;
}

const pathsDiffer =
  "Principal directions are those of one run's path. Compare runs along random directions or eigenvectors.";

interface HeldRun {
  readonly run: LoadedRun;
  readonly store: SurfaceStore;
  /** When what is kept around the run's weights is shown. */
  readonly restored: Promise<void>;
}

const isEnded = (status: JobStatus) => status === "complete" || status === "cancelled" || status === "failed";

export const sameView = (a: SurfaceView | null, b: SurfaceView) => JSON.stringify(a) === JSON.stringify(b);

export function createCompareSurfaces(services: CompareSurfacesServices): CompareSurfaces {
  const { runner, backend, keeper, runs, memory, wanted } = services;
  const spectrum = createMeasurement("spectrum", { runner, backend });
  let stop: AbortController | null = null;
  let held: ReadonlyMap<string, HeldRun> = new Map();

  const surfaces = createStore<CompareSurfacesState>((set, get) => {
    const heldRun = (run: LoadedRun): HeldRun => {
      let keptPoints = run.surface ? pointsOf(run.surface) : 0;
      const store = createSurfaceStore({
        runner,
        backend,
        request: (source, view, signal) =>
          findRequest(source, view, signal, {
            spectrum: (...asked) => spectrumOf(run, ...asked),
            principal: () => Promise.reject(new Error(pathsDiffer)),
          }),
        async keep(_source, measured) {
          if (pointsOf(measured) < keptPoints) {
            await keepBeside(run, measured);
            return;
          }
          keptPoints = pointsOf(measured);
          const { runId, step } = run.source.checkpoint;
          keeper.keepSurface(runId, { ...measured, step });
          await keeper.saved();
        },
      });
      return { run, store, restored: restore(run, store) };
    };

    /** The run keeps its finest surface; another one, of other settings, is kept here. */
    const keepBeside = (run: LoadedRun, surface: Surface) =>
      isRepeatable(surface)
        ? memory.keep({
            kind: "surface",
            runs: [comparedRun(run)],
            settings: viewOfReport(surface.report),
            result: surface,
          })
        : Promise.resolve();

    /** The surface of the run that is kept: the one that is asked for where there is one, else the run's own. */
    const keptOf = async (run: LoadedRun): Promise<Surface | null> => {
      const own = run.surface && isRepeatable(run.surface) ? run.surface : null;
      if (own && isWanted(own)) return own;
      const beside = await memory.find("surface", isOf([run]));
      return beside && isWanted(beside.result) ? beside.result : own;
    };

    const isWanted = ({ report }: Surface) => sameView(viewOfReport(report), wanted());

    const restore = async (run: LoadedRun, store: SurfaceStore) => {
      const kept = await keptOf(run);
      if (kept) store.getState().restore(run.source, viewOfReport(kept.report), kept, false);
    };

    /** Puts what is kept in the plane that is asked for in the place of another. */
    const restoreWanted = async (run: LoadedRun, store: SurfaceStore) => {
      const kept = await keptOf(run);
      if (!kept || !isWanted(kept) || !isEnded(store.getState().status)) return;
      store.getState().clear();
      store.getState().restore(run.source, viewOfReport(kept.report), kept, false);
    };

    /** Those kept with the run when they are of the plain Hessian of the same examples; else a solve for them. */
    const spectrumOf = async (
      run: LoadedRun,
      source: SurfaceSource,
      needed: PairCounts,
      view: SurfaceView,
      signal: AbortSignal,
    ): Promise<Spectrum> => {
      const kept = await runs.getState().keptResult(run, "spectrum");
      if (kept && holds(kept, needed) && isPlain(kept, view)) return kept;
      return findSpectrum(spectrum, source, needed, view, signal);
    };

    return {
      stores: {},
      measuring: null,
      hold(loaded) {
        const now = loaded.map((run): [string, HeldRun] => {
          const before = held.get(run.record.id);
          return [run.record.id, before?.run.source.weights === run.source.weights ? before : heldRun(run)];
        });
        held = new Map(now);
        set({ stores: Object.fromEntries(now.map(([id, { store }]) => [id, store])) });
      },
      showKept() {
        for (const { run, store } of held.values()) {
          const { status, settings } = store.getState();
          if (isEnded(status) && !sameView(settings, wanted())) void restoreWanted(run, store);
        }
      },
      async measure(loaded, settings) {
        stop?.abort();
        const stopping = new AbortController();
        stop = stopping;
        for (const run of loaded) {
          await held.get(run.record.id)?.restored;
          const store = get().stores[run.record.id];
          const { status, settings: measured } = store?.getState() ?? {};
          if (!store || (status === "complete" && sameView(measured ?? null, settings))) continue;
          if (stopping.signal.aborted) return;
          set({ measuring: run.record.id });
          store.getState().measure(run.source, settings);
          await ended(store, stopping.signal);
        }
        if (stop === stopping) set({ measuring: null });
      },
      cancel() {
        stop?.abort();
        set({ measuring: null });
      },
    };
  });
  return { surfaces, spectrum };
}

/** When the store's measurement has ended; an abort cancels it. */
function ended(store: SurfaceStore, signal: AbortSignal): Promise<void> {
  const cancel = () => store.getState().cancel();
  signal.addEventListener("abort", cancel, { once: true });
  return new Promise<void>((resolve) => {
    const look = () => {
      if (!isEnded(store.getState().status)) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = store.subscribe(look);
    look();
  }).finally(() => signal.removeEventListener("abort", cancel));
}

const pointsOf = ({ values }: Surface) => values.measured.reduce((sum, flag) => sum + flag, 0);

function isPlain({ report: { request } }: Spectrum, { subset, batchNorm }: SurfaceView): boolean {
  const { operator, filterScaled, parameters } = request;
  const wanted = batchNorm === "batch" ? "batch" : "frozen";
  const isWhole = parameters.length === 1 && parameters[0] === "*";
  return (
    operator === "hessian" && !filterScaled && isWhole && request.subset === subset && request.batchNorm === wanted
  );
}
