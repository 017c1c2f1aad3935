/** What the chosen backend runs on, and why it is the one. */
import { WebgpuBackend } from "../backends/webgpu/backend.ts";
import type { DeviceReport } from "./device-jobs.ts";
import type { JobHandlers } from "./job-context.ts";
import { helperCount } from "./platform/helpers.ts";

export const describeDevice: JobHandlers["describeDevice"] = async ({ backend: choice }, { workbench }) => {
  const { backend, reason } = await workbench.backend(choice);
  const flopPerSecond = workbench.rate(backend);
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
  const report: DeviceReport = {
    backend: backend.kind,
    description: backend.description,
    ...(reason && { reason }),
    features: [],
    limits: {},
    processor: {
      cores,
      workers: backend.kind === "tfjs" ? helperCount(cores) : 0,
      crossOriginIsolated: globalThis.crossOriginIsolated === true,
    },
    ...(backend.wasm && { wasm: backend.wasm }),
    ...(flopPerSecond !== undefined && { flopPerSecond }),
    memoryBytes: backend.memory.bytes,
    peakMemoryBytes: backend.memory.peakBytes,
  };
  if (!(backend instanceof WebgpuBackend)) return report;
  const { vendor, architecture, device, description, software, features, limits } = backend.acquired.facts;
  const adapter = { vendor, architecture, device, description, software: software ? "yes" : "no" };
  return { ...report, adapter, features, limits };
};
