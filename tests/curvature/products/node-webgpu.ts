/** WebGPU in Node, where the optional package and a driver are there. */
import type { Backend } from "../../../src/backends/backend.ts";

/** Null elsewhere. */
export async function findNodeWebgpu(): Promise<(() => Promise<Backend>) | null> {
  try {
    const { installNodeGpu } = await import("../../bench/node-gpu.ts");
    installNodeGpu();
    if (!(await navigator.gpu.requestAdapter())) return null;
    const { createWebgpuBackend } = await import("../../../src/backends/webgpu/backend.ts");
    return () => createWebgpuBackend();
  } catch {
    return null;
  }
}
