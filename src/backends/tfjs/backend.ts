/**
 * Makes the tfjs backend, on the best of what there is: WebAssembly with SIMD, WebAssembly without, then tfjs's own ops on
 * WebGL (graphics hardware only), then on plain JavaScript. Those two are loaded only when they are needed.
 */
import { type Backend, BackendUnavailableError } from "../backend.ts";
import type { ReadKernels } from "./kernel-binary.ts";
import { supportsSimd } from "./simd.ts";
import { WasmBackend } from "./wasm/backend.ts";
import type { Profile } from "./wasm/executable.ts";
import { KernelModule } from "./wasm/kernel-module.ts";

export type TfjsEngine = "wasm" | "webgl" | "cpu";

export interface TfjsOptions {
  /** `readKernels` of kernels-node.ts or kernels-browser.ts. */
  readonly readKernels: ReadKernels;
  /** Which to try, in order. */
  readonly engines?: readonly TfjsEngine[];
  /** How long reading and compiling the kernels may take. */
  readonly timeoutMs?: number;
  /** Off to do without vector instructions where there are any. */
  readonly simd?: boolean;
  /** Told how long every step of every run took on WebAssembly; for benchmarks. */
  readonly profile?: Profile;
}

const defaultTimeoutMs = 30_000;
const defaultEngines: readonly TfjsEngine[] = ["wasm", "webgl", "cpu"];

/** Rejects with BackendUnavailableError, which says why of every engine that was tried. */
export async function createTfjsBackend(options: TfjsOptions): Promise<Backend> {
  const reasons: string[] = [];
  for (const engine of options.engines ?? defaultEngines) {
    try {
      return await createOn(engine, options);
    } catch (error) {
      if (!(error instanceof BackendUnavailableError)) throw error;
      reasons.push(error.message);
    }
  }
  throw new BackendUnavailableError(reasons.join(" "));
}

async function createOn(engine: TfjsEngine, options: TfjsOptions): Promise<Backend> {
  if (engine === "wasm") return createWasmBackend(options);
  const { createOpsBackend } = await import("./ops/backend.ts");
  return createOpsBackend(engine);
}

async function createWasmBackend({ readKernels, timeoutMs, simd, profile }: TfjsOptions): Promise<Backend> {
  if (typeof WebAssembly === "undefined") {
    throw new BackendUnavailableError(
      "There is no WebAssembly here, or it is switched off (a lockdown mode does that).",
    );
  }
  const useSimd = simd ?? supportsSimd();
  const module = await withTimeout(instantiate(readKernels, useSimd), timeoutMs ?? defaultTimeoutMs);
  return new WasmBackend(module, useSimd, profile);
}

async function instantiate(readKernels: ReadKernels, simd: boolean): Promise<KernelModule> {
  let bytes: BufferSource;
  try {
    bytes = await readKernels(simd);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackendUnavailableError(`tfjs's WebAssembly kernels could not be read: ${reason}.`);
  }
  return KernelModule.instantiate(bytes);
}

async function withTimeout<T>(task: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new BackendUnavailableError(`tfjs's WebAssembly kernels were not ready after ${ms / 1000} s.`)),
      ms,
    );
  });
  try {
    return await Promise.race([task, expired]);
  } finally {
    clearTimeout(timer);
  }
}
