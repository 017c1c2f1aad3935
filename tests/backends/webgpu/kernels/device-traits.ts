/** Devices that are not at hand, as kernel choice sees them. */
import type { DeviceTraits } from "../../../../src/backends/webgpu/kernels/traits.ts";

const limits = {
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupsPerDimension: 65535,
};

export const gpuTraits: DeviceTraits = { ...limits, cpu: false, subgroupSize: 32 };
export const swiftShaderTraits: DeviceTraits = { ...limits, cpu: true, subgroupSize: 4 };
