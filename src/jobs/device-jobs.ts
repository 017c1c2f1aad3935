/** What the machine is and what work costs on it. Types only. */
import type { BackendKind, WasmFacts } from "../backends/backend.ts";
import type { Spec } from "../experiment/spec.ts";
import type { Layout } from "../models/layout.ts";

/** `auto` takes the faster of WebGPU and tfjs, and says why. */
export type BackendChoice = BackendKind | "auto";

/** Why `auto` took the engine that it took. */
export interface EngineReason {
  /**
   * The graphics adapter is a graphics processor (WebGPU), or a renderer on the processor (tfjs); it doesn't say and was
   * measured (either); or there is none (tfjs).
   */
  readonly kind: "hardware" | "software" | "measured" | "unavailable";
  /** What was found and what would help, for people. */
  readonly text: string;
}

/** Cost of a run before it starts, from the program's cost model. */
export interface CostEstimate {
  readonly parameters: number;
  readonly flopPerStep: number;
  readonly totalFlop: number;
  readonly memoryBytes: number;
  /** Absent until this device's speed is known. */
  readonly seconds?: number;
}

/** What the worker that computes finds around it. */
export interface ProcessorFacts {
  /** Logical processors, as the browser tells them; it may tell fewer than there are. */
  readonly cores: number;
  /** Workers that share the points of a long surface or path. */
  readonly workers: number;
  /** Whether threads could share memory here. */
  readonly crossOriginIsolated: boolean;
}

export interface DeviceReport {
  /** The backend that the choice comes to here. */
  readonly backend: BackendKind;
  readonly description: string;
  /** Why `auto` came to it; absent where it was asked for by name. */
  readonly reason?: EngineReason;
  readonly adapter?: Readonly<Record<string, string>>;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
  readonly processor: ProcessorFacts;
  readonly wasm?: WasmFacts;
  /** What the backend did in its last work; absent before any. */
  readonly flopPerSecond?: number;
  /** Held in tensors and compiled programs. */
  readonly memoryBytes: number;
  readonly peakMemoryBytes: number;
}

/** One comparison of the self-check: a float32 backend against the float64 reference, norm-wise relative error. */
export interface CheckRow {
  readonly name: string;
  readonly error: number;
  readonly bound: number;
  readonly passed: boolean;
}

/** A comparison that is done, and how many are. */
export interface CheckProgress {
  readonly row: CheckRow;
  readonly done: number;
  readonly total: number;
}

export interface BenchmarkRow {
  readonly name: string;
  readonly basinMs: number;
  readonly tfjsMs: number | null;
  readonly note?: string;
}

export interface DeviceJobs {
  describeDevice: { params: { readonly backend: BackendChoice }; event: never; control: never; result: DeviceReport };
  estimateCost: {
    params: { readonly spec: Spec; readonly backend: BackendChoice };
    event: never;
    control: never;
    result: {
      readonly training: CostEstimate;
      readonly evaluationFlop: number;
      /** Size of one recorded point of the path. */
      readonly pointBytes: number;
    };
  };
  /** The layout of a spec's flat parameter vector. */
  describeModel: { params: { readonly spec: Spec }; event: never; control: never; result: Layout };
  /** The speed that estimates go by, measured within 300 ms where nothing has been done yet; null where that was too short. */
  calibrate: {
    params: { readonly backend: BackendChoice };
    event: never;
    control: never;
    result: { readonly flopPerSecond: number | null };
  };
  selfCheck: {
    params: { readonly backend: BackendChoice };
    event: CheckProgress;
    control: never;
    result: readonly CheckRow[];
  };
  benchmark: {
    params: { readonly batchSize: number; readonly backend: BackendChoice };
    event: BenchmarkRow;
    control: never;
    result: readonly BenchmarkRow[];
  };
}
