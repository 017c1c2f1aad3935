/** λ_max, trace and sharpness of the compared runs: as kept with them, or measured on demand, one run after another. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CurvatureRequest, Spectrum, TraceResult } from "../../../experiment/curvature.ts";
import {
  type SharpnessEstimate,
  type SharpnessRequest,
  type SharpnessResult,
  usualMeasure,
} from "../../../experiment/sharpness.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import { messageOf } from "../../kit/message-of.ts";
import { solveParams } from "../measurements/spectrum.ts";
import type { RunKeeper } from "../run-keeper.ts";
import { defaultSpectrumView, measurementParams } from "../settings/spectrum-settings.ts";
import { type CompareMemory, comparedRun, isOf } from "./memory.ts";
import type { CompareRunsStore, LoadedRun } from "./runs.ts";

export interface RunCurvature {
  /** Largest eigenvalue of the training loss; null where none is known. */
  readonly lambdaMax: number | null;
  readonly trace: number | null;
  /** Standard error of the trace over its probes. */
  readonly traceError: number | null;
  /** Null until it is measured. */
  readonly sharpness: RunSharpness | null;
}

/** Rises of the training loss under perturbations in proportion to the weights. */
export interface RunSharpness {
  readonly average: SharpnessEstimate;
  readonly worst: SharpnessEstimate;
}

export interface CompareCurvatureState {
  /** Curvature by run; absent until it has been looked for. */
  readonly byRun: Readonly<Record<string, RunCurvature>>;
  /** The run whose turn it is; null while nothing is measured. */
  readonly measuring: string | null;
  readonly message: string | null;
  /** Looks for what is kept with the runs. */
  look(runs: readonly LoadedRun[]): Promise<void>;
  /** Measures what is missing of them. */
  measure(runs: readonly LoadedRun[]): Promise<void>;
  cancel(): void;
}

export type CompareCurvatureStore = StoreApi<CompareCurvatureState>;

const unmeasured: RunCurvature = { lambdaMax: null, trace: null, traceError: null, sharpness: null };

/** One pair from the top is all that is asked for. */
const pair = { top: 1, bottom: 0 };

export interface CompareCurvatureServices {
  readonly runner: () => JobRunner;
  readonly backend: BackendChoice;
  readonly runs: CompareRunsStore;
  readonly keeper: RunKeeper;
  readonly memory: CompareMemory;
}

export function createCompareCurvature({
  runner,
  backend,
  runs,
  keeper,
  memory,
}: CompareCurvatureServices): CompareCurvatureStore {
  let stop: AbortController | null = null;
  /** The weights that the values are of. */
  const lookedAt = new Map<string, Float32Array>();

  const withoutSpectrum = new Set<string>();

  return createStore<CompareCurvatureState>((set, get) => {
    const put = (id: string, change: Partial<RunCurvature>) =>
      set({ byRun: { ...get().byRun, [id]: { ...unmeasured, ...get().byRun[id], ...change } } });

    const lookOne = async (run: LoadedRun): Promise<void> => {
      const id = run.record.id;
      if (lookedAt.get(id) === run.source.weights.theta) return;
      lookedAt.set(id, run.source.weights.theta);
      put(id, unmeasured);
      const kept = async <Found>(read: Promise<Found | null>) => read.catch(() => null);
      const spectrum = await kept(runs.getState().keptResult(run, "spectrum"));
      if (spectrum) put(id, lambdaOf(spectrum));
      else withoutSpectrum.add(id);
      const trace = await kept(runs.getState().keptResult(run, "trace"));
      if (trace) put(id, traceOf(trace));
      const sharpness = await memory.find("sharpness", isOf([run]));
      if (sharpness) put(id, sharpnessOf(sharpness.result));
    };

    const measureOne = async (run: LoadedRun, signal: AbortSignal): Promise<void> => {
      const { spec, weights, checkpoint } = run.source;
      const parameters = { spec, weights, backend };
      const follow = async <Result>(handle: { cancel(): void; readonly result: Promise<Result> }) => {
        const cancel = () => handle.cancel();
        signal.addEventListener("abort", cancel, { once: true });
        return handle.result.finally(() => signal.removeEventListener("abort", cancel));
      };
      const id = run.record.id;
      const known = get().byRun[id] ?? unmeasured;
      if (known.lambdaMax === null) {
        const result = await follow(
          runner().start("spectrum", { ...parameters, ...solveParams(pair, defaultSpectrumView) }),
        );
        put(id, lambdaOf(result));
        if (withoutSpectrum.has(id) && result.status === "converged")
          keeper.keepResult(checkpoint.runId, "spectrum", { step: checkpoint.step, result });
      }
      signal.throwIfAborted();
      if (known.sharpness === null) {
        const result = await follow(runner().start("sharpness", { ...parameters, request: sharpnessRequest }));
        put(id, sharpnessOf(result));
        if (result.status === "complete")
          await memory.keep({ kind: "sharpness", runs: [comparedRun(run)], settings: {}, result });
      }
      signal.throwIfAborted();
      if (known.trace === null) {
        const result = await follow(
          runner().start("trace", { ...parameters, ...measurementParams("trace", defaultSpectrumView, 0) }),
        );
        put(id, traceOf(result));
        if (result.status === "complete")
          keeper.keepResult(checkpoint.runId, "trace", { step: checkpoint.step, result });
      }
    };

    return {
      byRun: {},
      measuring: null,
      message: null,
      async look(loaded) {
        for (const run of loaded) await lookOne(run);
      },
      async measure(loaded) {
        stop?.abort();
        const stopping = new AbortController();
        stop = stopping;
        set({ message: null });
        try {
          for (const run of loaded) {
            if (stopping.signal.aborted) return;
            set({ measuring: run.record.id });
            await lookOne(run);
            await measureOne(run, stopping.signal);
          }
        } catch (error) {
          if (stop === stopping && !stopping.signal.aborted) set({ message: messageOf(error) });
        } finally {
          if (stop === stopping) set({ measuring: null });
        }
      },
      cancel() {
        stop?.abort();
        set({ measuring: null });
      },
    };
  });
}

const sharpnessRequest: SharpnessRequest = {
  subset: "train",
  batchNorm: "frozen",
  measures: [usualMeasure("adaptive-average"), usualMeasure("adaptive-worst")],
  seed: 0,
};

/** Both, or nothing. */
function sharpnessOf({ figures, status }: SharpnessResult): Partial<RunCurvature> {
  const [average, worst] = figures;
  const isAsked = average?.kind === "adaptive-average" && worst?.kind === "adaptive-worst";
  return status === "complete" && isAsked ? { sharpness: { average, worst } } : {};
}

/** Only what is of the whole Hessian of the training loss compares from run to run. */
function isPlain({ operator, filterScaled, parameters, subset, batchNorm }: CurvatureRequest): boolean {
  const isWhole = parameters.length === 1 && parameters[0] === "*";
  return operator === "hessian" && !filterScaled && isWhole && subset === "train" && batchNorm === "frozen";
}

function lambdaOf({ eigenvalues, top, report, status }: Spectrum): Partial<RunCurvature> {
  return isPlain(report.request) && top > 0 && status !== "cancelled" ? { lambdaMax: eigenvalues[0] } : {};
}

function traceOf({ trace, report, status }: TraceResult): Partial<RunCurvature> {
  return isPlain(report.request) && status === "complete" ? { trace: trace.mean, traceError: trace.standardError } : {};
}
