/** Devices that are not here, as kernel choice sees them, with the limits that every WebGPU device has. */
import type { DeviceTraits } from "./traits.ts";

const limits = {
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupStorageSize: 16_384,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupsPerDimension: 65_535,
};

/** `gpu`: a card with subgroups of 32. `software`: SwiftShader, whose subgroups are of four. */
export const usualTraits = {
  gpu: { ...limits, cpu: false, subgroupSize: 32 },
  software: { ...limits, cpu: true, subgroupSize: 4 },
} as const satisfies Record<string, DeviceTraits>;
