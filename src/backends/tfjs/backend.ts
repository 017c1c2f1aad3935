/** Makes the tfjs backend: WebAssembly with SIMD where there is any, without it else. */
import { type Backend, BackendUnavailableError } from "../backend.ts";
import type { ReadKernels } from "./kernel-binary.ts";
import { supportsSimd } from "./simd.ts";
import { WasmBackend } from "./wasm/backend.ts";
import type { Profile } from "./wasm/executable.ts";
import { KernelModule } from "./wasm/kernel-module.ts";

export interface TfjsOptions {
  /** `readKernels` of kernels-node.ts or kernels-browser.ts. */
  readonly readKernels: ReadKernels;
  /** How long reading and compiling the kernels may take. */
  readonly timeoutMs?: number;
  /** Off to do without vector instructions where there are any. */
  readonly simd?: boolean;
  /** Told how long every step of every run took; for benchmarks. */
  readonly profile?: Profile;
}

const defaultTimeoutMs = 30_000;

/** Rejects with BackendUnavailableError when the kernels cannot be read or compiled in time. */
export async function createTfjsBackend({
  readKernels,
  timeoutMs = defaultTimeoutMs,
  simd,
  profile,
}: TfjsOptions): Promise<Backend> {
  if (typeof WebAssembly === "undefined") {
    throw new BackendUnavailableError(
      "This browser has no WebAssembly, or has it switched off (a lockdown mode does).",
    );
  }
  const useSimd = simd ?? supportsSimd();
  const module = await withTimeout(instantiate(readKernels, useSimd), timeoutMs);
  return new WasmBackend(module, useSimd, profile);
}

async function instantiate(readKernels: ReadKernels, simd: boolean): Promise<KernelModule> {
  let bytes: BufferSource;
  try {
    bytes = await readKernels(simd);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackendUnavailableError(`tfjs's WebAssembly kernels could not be read: ${reason}`);
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
