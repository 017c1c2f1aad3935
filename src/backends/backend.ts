/**
 * The one seam between programs and hardware. A backend owns tensors in its memory and compiles programs into
 * executables that replay without further decisions. Three exist: `webgpu`, `tfjs` and `reference`; one suite
 * (tests/backends) runs over all of them.
 */
import type { Program, TensorType } from "../tensor/program.ts";

export const backendKinds = ["webgpu", "tfjs", "reference"] as const;
export type BackendKind = (typeof backendKinds)[number];

/** Host-side contents of a tensor: Float32Array or Float64Array for `float`, Int32Array for `int`, Uint8Array for `byte`. */
export type HostArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** A tensor in a backend's memory, created by `Backend.createTensor`. Only that backend may use it. */
export interface DeviceTensor {
  readonly type: TensorType;
  readonly label: string;
  dispose(): void;
}

/**
 * Which of a program's inputs and outputs live in device tensors. An input that is not bound is fed with each run; an
 * output that is not bound is fetched from each run. An output may be bound to the tensor of an input (an in-place
 * update): the run then behaves as if every input were read before any output is written.
 */
export interface Bindings {
  readonly inputs?: Readonly<Record<string, DeviceTensor>>;
  readonly outputs?: Readonly<Record<string, DeviceTensor>>;
}

export type Feed = Readonly<Record<string, HostArray>>;
export type Fetched = Readonly<Record<string, HostArray>>;

export interface ExecutableStatistics {
  /** Work of one run by the program's cost model. */
  readonly flops: number;
  /** Kernel launches of one run (tfjs: interpreted operations; reference: primitives). */
  readonly launches: number;
  /** Distinct compute pipelines (0 where the notion does not exist). */
  readonly pipelines: number;
  /** Device memory of the executable's temporaries, feeds and fetches; bound tensors are not counted. */
  readonly temporaryBytes: number;
}

export interface Executable {
  readonly statistics: ExecutableStatistics;
  /**
   * Enqueues one run per feed, in order and after everything enqueued before on this backend. Resolves when the
   * unbound outputs of all of them are on the host (at once when there are none); rejects with a BackendError.
   * Callers need not await one call before making the next.
   */
  run(feeds: readonly Feed[]): Promise<Fetched[]>;
  dispose(): void;
}

/** What an engine on WebAssembly is made of. */
export interface WasmFacts {
  /** Whether its kernels use 128-bit vector instructions. */
  readonly simd: boolean;
  readonly threads: number;
  /** Memory that the instance has taken from the system, free parts included: it grows and is never given back. */
  readonly heapBytes: number;
}

export interface Backend {
  readonly kind: BackendKind;
  /** What it runs on, for people: an adapter's name, "wasm (SIMD)", "float64". */
  readonly description: string;
  /** Bytes now held in device tensors and executables, and the highest that has been. */
  readonly memory: { readonly bytes: number; readonly peakBytes: number };
  /** The heap and the threads of WebAssembly as they are now; absent where the engine is another. */
  readonly wasm?: WasmFacts;
  /** Resolves (never rejects) with the reason when the device is lost; pending and later calls reject with it. */
  readonly lost: Promise<DeviceLostError>;
  /** A tensor holding `data`, or zeros. Throws OutOfMemoryError. */
  createTensor(type: TensorType, data?: HostArray, label?: string): DeviceTensor;
  /** Overwrites a whole tensor, in order with runs. */
  write(tensor: DeviceTensor, data: HostArray): void;
  /** A copy of a tensor's contents after everything enqueued so far. */
  read(tensor: DeviceTensor): Promise<HostArray>;
  /** Compiles `program` against `bindings`. Throws ProgramError when they do not fit or it cannot be run here. */
  compile(program: Program, bindings?: Bindings): Promise<Executable>;
  /** Resolves when everything enqueued so far has finished. */
  idle(): Promise<void>;
  dispose(): void;
}

/** Base of everything a backend reports. */
export class BackendError extends Error {
  override readonly name: string = "BackendError";
}
/** The device went away (driver reset, tab throttled, GPU process killed). Nothing on it can be read any more. */
export class DeviceLostError extends BackendError {
  override readonly name = "DeviceLostError";
}
/** An allocation did not fit. */
export class OutOfMemoryError extends BackendError {
  override readonly name = "OutOfMemoryError";
}
/** A program, binding or feed that this backend cannot run; a bug or a misuse, never the device's fault. */
export class ProgramError extends BackendError {
  override readonly name = "ProgramError";
}
/** The backend does not exist here: no WebGPU, no adapter, no WebAssembly. The message says why and what would help. */
export class BackendUnavailableError extends BackendError {
  override readonly name = "BackendUnavailableError";
}
