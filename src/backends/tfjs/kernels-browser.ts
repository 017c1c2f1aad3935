/** tfjs's kernels from files of the page itself, at addresses that Vite fills in: pages and workers. */
import plainUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import type { ReadKernels } from "./kernel-binary.ts";

export const readKernels: ReadKernels = async (simd) => {
  const url = simd ? simdUrl : plainUrl;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
};
