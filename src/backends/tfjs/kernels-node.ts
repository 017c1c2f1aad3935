/** tfjs's kernels from the installed package: Node's main thread and its worker threads. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { kernelFile, type ReadKernels } from "./kernel-binary.ts";

const require = createRequire(import.meta.url);

export const readKernels: ReadKernels = async (simd) => {
  const bytes = await readFile(require.resolve(`@tensorflow/tfjs-backend-wasm/dist/${kernelFile(simd)}`));
  return new Uint8Array(bytes);
};
